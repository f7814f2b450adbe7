namespace Depth3D.Cluster.Operations.Results;

/// <summary>Work and slots of one pool.</summary>
/// <param name="Nodes">Nodes that serve the pool and take work.</param>
/// <param name="Slots">What those nodes offer together.</param>
/// <param name="Running">Tasks that hold a lease.</param>
/// <param name="Waiting">Tasks that could run now if there were a slot; what autoscaling looks at.</param>
/// <param name="Open">Running and waiting together.</param>
public sealed record PoolRow(
    [property: Column("POOL", IsId = true)] string Pool,
    [property: Column("NODES", ColumnFormat.Integer)] int Nodes,
    [property: Column("SLOTS", ColumnFormat.Integer)] int Slots,
    [property: Column("RUNNING", ColumnFormat.Integer)] int Running,
    [property: Column("WAITING", ColumnFormat.Integer)] int Waiting,
    int Open);
