using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>Clips that are running, with their states: what nodes, pools and leases are read from.</summary>
internal static class LiveClips
{
    public static async Task<IReadOnlyList<(ClipId Clip, ClipState State)>> OfAsync(ActiveCoordinator cluster, CancellationToken cancellation)
    {
        var found = new List<(ClipId, ClipState)>();
        foreach (var known in await cluster.Journal.UnfinishedAsync(cancellation).ConfigureAwait(false))
            found.Add((known.Clip, await cluster.Clips.StateAsync(known.Clip, cancellation).ConfigureAwait(false)));
        return found;
    }

    public static IEnumerable<LeaseRow> Leases(IEnumerable<(ClipId Clip, ClipState State)> clips, DateTimeOffset now) =>
        clips.SelectMany(c => c.State.Running.Select(r => new LeaseRow(
            c.Clip.Value, r.Id.ToString(), r.Task.Epoch, r.Task.Worker ?? "", Math.Max(0, (r.Task.LeaseUntil - now).TotalSeconds), r.Task.Plan.Label)));

    /// <summary>Where a clip stands, as operators say it.</summary>
    public static string StateOf(ClipPhase phase, bool isPaused) => phase == ClipPhase.Running && isPaused ? "paused" : StateNames.Of(phase);

    public static string StateOf(ClipState state) => StateOf(state.Phase, state.IsPaused);

    public static string StateOf(JournalClip clip) => StateOf(clip.Phase, clip.Summary.IsPaused);
}
