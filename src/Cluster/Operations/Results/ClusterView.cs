namespace Depth3D.Cluster.Operations.Results;

/// <summary>The cluster at one glance.</summary>
public sealed record ClusterView(
    [property: Column("active seed", IsId = true)] string Active,
    [property: Column("active since", ColumnFormat.Time)] DateTimeOffset Since,
    [property: Column("version")] string Version,
    [property: Column("shards", ColumnFormat.Integer)] int Shards,
    [property: Column("running clips", ColumnFormat.Integer)] int Running,
    [property: Column("paused clips", ColumnFormat.Integer)] int Paused,
    [property: Column("completed clips", ColumnFormat.Integer)] int Completed,
    [property: Column("failed clips", ColumnFormat.Integer)] int Failed,
    [property: Column("cancelled clips", ColumnFormat.Integer)] int Cancelled,
    [property: Column("waiting tasks", ColumnFormat.Integer)] int WaitingTasks,
    [property: Column("running tasks", ColumnFormat.Integer)] int RunningTasks,
    [property: Part("Nodes")] IReadOnlyList<NodeRow> Nodes,
    [property: Part("Pools")] IReadOnlyList<PoolRow> Pools);
