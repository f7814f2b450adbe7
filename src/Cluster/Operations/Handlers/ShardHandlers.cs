using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>shard ...</c></summary>
internal static class ShardHandlers
{
    public static async Task<object> ListAsync(OperatorCall call, CancellationToken cancellation) =>
        (IReadOnlyList<ShardRow>)[.. (await call.Cluster.Journal.ShardsAsync(cancellation).ConfigureAwait(false)).Select(s => new ShardRow(s.Shard, s.Epoch, s.Owner))];

    public static async Task<object> StatsAsync(OperatorCall call, CancellationToken cancellation)
    {
        var count = call.Cluster.Clips.Ownership.Count;
        var clips = (await call.Cluster.Journal.ListAsync(cancellation).ConfigureAwait(false)).ToLookup(c => Shards.Of(c.Clip, count));
        var live = (await LiveClips.OfAsync(call.Cluster, cancellation).ConfigureAwait(false)).ToLookup(c => Shards.Of(c.Clip, count), c => c.State);
        return (IReadOnlyList<ShardStatsRow>)[.. Enumerable.Range(0, count).Select(shard => new ShardStatsRow(shard, clips[shard].Count(),
            clips[shard].Count(c => c.Phase == ClipPhase.Running), clips[shard].Count(c => call.Cluster.Clips.IsLive(c.Clip)),
            live[shard].Sum(s => s.RunningIds.Count), live[shard].Sum(s => Enum.GetValues<WorkerPool>().Sum(p => s.Open(p).Count))))];
    }
}
