using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Journal;

/// <summary>What a coordinator got when it acquired all shards: one owner epoch per shard.</summary>
/// <param name="Owner">Who acquired them, for people.</param>
/// <param name="Epochs">By shard.</param>
public sealed record ShardOwnership(string Owner, ImmutableArray<long> Epochs)
{
    public int Count => Epochs.Length;

    public ShardOwner Of(ClipId clip)
    {
        var shard = Shards.Of(clip, Count);
        return new(shard, Epochs[shard]);
    }
}
