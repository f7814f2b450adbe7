using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>Orders to nodes, and what the coordinator itself decides about them.</summary>
internal static class NodeOrderHandlers
{
    public static KnownNode Find(OperatorCall call)
    {
        var id = call.Arguments.Node()!.Value;
        return call.Cluster.Nodes.Find(id) ?? throw new Depth3DException("there is no such node", id.Value, "run: depth3d node list", FailureKind.BadInput);
    }

    public static Task<object> DrainAsync(OperatorCall call, CancellationToken cancellation) =>
        OrderAsync(call, NodeOrder.Drain, "draining", "it finishes or checkpoints what it runs and takes nothing new");

    public static Task<object> LeaveAsync(OperatorCall call, CancellationToken cancellation) =>
        OrderAsync(call, NodeOrder.Leave, "leaving", "it finishes or checkpoints what it runs, then its process ends");

    public static async Task<object> CordonAsync(OperatorCall call, CancellationToken cancellation)
    {
        var node = Find(call);
        await StandAsync(call, node.Id, isCordoned: true, cancellation).ConfigureAwait(false);
        call.Cluster.Nodes.Cordon(node.Id, call.Actor);
        return new Changed(node.Id.Value, "cordoned", "it gets nothing new; what it runs goes on");
    }

    public static async Task<object> UncordonAsync(OperatorCall call, CancellationToken cancellation)
    {
        var node = Find(call);
        await StandAsync(call, node.Id, isCordoned: false, cancellation).ConfigureAwait(false);
        call.Cluster.Nodes.Uncordon(node.Id, call.Actor);
        if (node.Beat?.Condition == NodeCondition.Draining) call.Cluster.Driver.Order(node.Id, NodeOrder.Undrain, call.Actor);
        return new Changed(node.Id.Value, "up", "it takes work again");
    }

    public static Task<object> DownAsync(OperatorCall call, CancellationToken cancellation)
    {
        var node = Find(call);
        return Task.FromResult<object>(Down(call, node));
    }

    public static Task<object> DownUnreachableAsync(OperatorCall call, CancellationToken cancellation)
    {
        var older = call.Arguments.Duration("older") ?? TimeSpan.Zero;
        IReadOnlyList<Changed> changed = [.. call.Cluster.Nodes.List()
            .Where(n => n.Reach == NodeReach.Unreachable && call.Now - n.HeardAt >= older).Select(n => Down(call, n))];
        return Task.FromResult<object>(changed);
    }

    private static Changed Down(OperatorCall call, KnownNode node)
    {
        call.Cluster.Nodes.Down(node.Id, call.Actor);
        return new Changed(node.Id.Value, "down", "its leases end now and its results no longer count until its process is started again");
    }

    private static Task<object> OrderAsync(OperatorCall call, NodeOrder order, string state, string text)
    {
        var node = Find(call);
        if (node.Reach is not NodeReach.Up)
            throw new Depth3DException($"the node cannot be told anything: {node.Obstacle}", node.Id.Value, $"run: depth3d cluster down {node.Id}", FailureKind.Refused);
        call.Cluster.Driver.Order(node.Id, order, call.Actor);
        return Task.FromResult<object>(new Changed(node.Id.Value, state, text));
    }

    /// <summary>The journal first, so that a cordon outlives this seed whatever happens next.</summary>
    private static Task StandAsync(OperatorCall call, NodeId node, bool isCordoned, CancellationToken cancellation) =>
        call.Cluster.Journal.SetStandingAsync(new NodeStanding(node, isCordoned, call.Actor.By, call.Actor.Why, call.Now), cancellation);
}
