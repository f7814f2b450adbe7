namespace Depth3D.Cluster.Journal;

/// <summary>A shard as the journal knows it, for people.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="Epoch">Times it was acquired.</param>
/// <param name="Owner">Who acquired it last.</param>
/// <param name="Since">When, by that owner's clock.</param>
public sealed record JournalShard(int Shard, long Epoch, string Owner, DateTimeOffset Since);
