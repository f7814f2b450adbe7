namespace Depth3D.Cluster.Journal;

/// <summary>The right to write to the clips of one shard: valid until somebody acquires the shard anew, which raises its epoch.</summary>
public readonly record struct ShardOwner(int Shard, long Epoch);
