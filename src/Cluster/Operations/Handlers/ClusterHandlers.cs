using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>The cluster, its nodes and its pools, to look at.</summary>
internal static class ClusterHandlers
{
    public static async Task<object> ShowAsync(OperatorCall call, CancellationToken cancellation)
    {
        var clips = await call.Cluster.Journal.ListAsync(cancellation).ConfigureAwait(false);
        var live = await LiveClips.OfAsync(call.Cluster, cancellation).ConfigureAwait(false);
        var pools = Pools(call, live);
        int Count(string state) => clips.Count(c => LiveClips.StateOf(c) == state);
        return new ClusterView(call.Cluster.Seed.Value, call.Cluster.Since, ClusterProcess.Version, call.Cluster.Clips.Ownership.Count,
            Count("running"), Count("paused"), Count("completed"), Count("failed"), Count("cancelled"),
            pools.Sum(p => p.Waiting), pools.Sum(p => p.Running), Rows(call, live), pools);
    }

    public static async Task<object> NodesAsync(OperatorCall call, CancellationToken cancellation) =>
        Rows(call, await LiveClips.OfAsync(call.Cluster, cancellation).ConfigureAwait(false));

    public static async Task<object> PoolsAsync(OperatorCall call, CancellationToken cancellation) =>
        Pools(call, await LiveClips.OfAsync(call.Cluster, cancellation).ConfigureAwait(false));

    public static async Task<object> NodeAsync(OperatorCall call, CancellationToken cancellation)
    {
        var node = NodeOrderHandlers.Find(call);
        var live = await LiveClips.OfAsync(call.Cluster, cancellation).ConfigureAwait(false);
        var leases = LiveClips.Leases(live, call.Now).Where(l => l.Node == node.Id.Value).ToArray();
        var beat = node.Beat;
        var gpus = (beat?.Capacity.Gpus ?? []).Select((g, i) => new GpuRow(g.Uuid, g.Name, g.MemoryBytes,
            beat!.Usage.GpuMemoryBytes.Count > i ? beat.Usage.GpuMemoryBytes[i] : null)).ToArray();
        return new NodeView(node.Id.Value, StateOf(node), node.Obstacle ?? "", beat?.Roles ?? [], beat?.Host ?? "", beat?.Version ?? "", node.Session,
            SlotsOf(node, Used(live)), beat?.Capacity.CpuSlots ?? 0, beat?.Capacity.MemoryBytes ?? 0, beat?.Usage.CpuShare ?? 0, beat?.Usage.MemoryBytes ?? 0,
            beat?.Usage.FreeDiskBytes ?? 0, Silent(call, node), node.Cordon?.By ?? "", node.Cordon?.At, gpus, leases);
    }

    public static async Task<object> TopAsync(OperatorCall call, CancellationToken cancellation)
    {
        var leases = LiveClips.Leases(await LiveClips.OfAsync(call.Cluster, cancellation).ConfigureAwait(false), call.Now).ToLookup(l => l.Node);
        return (IReadOnlyList<NodeLoadRow>)[.. call.Cluster.Nodes.List().Where(n => n.Beat is not null).Select(n => new NodeLoadRow(
            n.Id.Value, StateOf(n), leases[n.Id.Value].Count(), n.Beat!.Usage.CpuShare, n.Beat.Usage.MemoryBytes, n.Beat.Capacity.MemoryBytes,
            n.Beat.Usage.FreeDiskBytes, n.Beat.Usage.GpuMemoryBytes.Sum(), [.. leases[n.Id.Value].Select(l => $"{l.Clip}:{l.Task}")]))];
    }

    /// <summary>up, draining, paused, expected, unreachable, left or down; cordoned beside up.</summary>
    public static string StateOf(KnownNode node) => node.Reach switch
    {
        NodeReach.Up when node.Beat is { Condition: not NodeCondition.Up } beat => StateNames.Of(beat.Condition),
        NodeReach.Up when node.Cordon is not null => "cordoned",
        _ => StateNames.Of(node.Reach),
    };

    private static IReadOnlyList<NodeRow> Rows(OperatorCall call, IReadOnlyList<(ClipId Clip, ClipState State)> live)
    {
        var used = Used(live);
        var busy = used.GroupBy(u => u.Key.Node).ToDictionary(g => g.Key, g => g.Sum(u => u.Value), StringComparer.Ordinal);
        var role = call.Arguments.Text("role");
        return [.. call.Cluster.Nodes.List().Where(n => role is null || n.Beat?.Roles.Contains(role) == true).Select(n => new NodeRow(
            n.Id.Value, n.Beat?.Roles ?? [], StateOf(n), n.Cordon is not null, SlotsOf(n, used), busy.GetValueOrDefault(n.Id.Value),
            n.Beat?.Capacity.Gpus.Count ?? 0, Silent(call, n), n.Beat?.Host ?? "", n.Beat?.Version ?? "", n.Obstacle ?? ""))];
    }

    /// <summary>A stage that waits to be split into tasks counts as waiting too: only a node that serves the pool can split it.</summary>
    private static IReadOnlyList<PoolRow> Pools(OperatorCall call, IReadOnlyList<(ClipId Clip, ClipState State)> live) =>
        [.. call.Cluster.Driver.Load().Select(load =>
        {
            var waiting = load.Placed + load.Waiting + live.Sum(c => c.State.Plannable.Count(s => c.State.Stages[s].Spec.Pool == load.Pool));
            return new PoolRow(StateNames.Of(load.Pool), load.Nodes, load.Slots, load.Running, waiting, load.Running + waiting);
        })];

    private static string SlotsOf(KnownNode node, IReadOnlyDictionary<(string, WorkerPool), int> used) => node.Beat is not { } beat ? "" : string.Join(' ',
        beat.Capacity.Slots.Where(s => s.Value > 0).Select(s => $"{StateNames.Of(s.Key)} {used.GetValueOrDefault((node.Id.Value, s.Key))}/{s.Value}"));

    private static Dictionary<(string Node, WorkerPool Pool), int> Used(IReadOnlyList<(ClipId Clip, ClipState State)> live) =>
        live.SelectMany(c => c.State.Running.Select(r => (r.Task.Worker ?? "", PoolOf(c.State, r.Id)))).CountBy(key => key).ToDictionary();

    private static WorkerPool PoolOf(ClipState state, TaskId id) => state.Stages[id.Stage].Spec.Pool;

    private static double Silent(OperatorCall call, KnownNode node) => Math.Max(0, (call.Now - node.HeardAt).TotalSeconds);
}
