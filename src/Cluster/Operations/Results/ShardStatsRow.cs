namespace Depth3D.Cluster.Operations.Results;

/// <summary>What lies in one shard.</summary>
/// <param name="InMemory">Clips whose entity is live on the active seed.</param>
public sealed record ShardStatsRow(
    [property: Column("SHARD", ColumnFormat.Integer, IsId = true)] int Shard,
    [property: Column("CLIPS", ColumnFormat.Integer)] int Clips,
    [property: Column("UNFINISHED", ColumnFormat.Integer)] int Unfinished,
    [property: Column("IN MEMORY", ColumnFormat.Integer)] int InMemory,
    [property: Column("RUNNING", ColumnFormat.Integer)] int RunningTasks,
    [property: Column("WAITING", ColumnFormat.Integer)] int WaitingTasks);
