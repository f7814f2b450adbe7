namespace Depth3D.Cluster.Operations.Results;

/// <summary>One attempt that holds a task.</summary>
/// <param name="RemainingSeconds">Until the lease ends if the node stays silent.</param>
public sealed record LeaseRow(
    [property: Column("CLIP")] string Clip,
    [property: Column("TASK", IsId = true)] string Task,
    [property: Column("EPOCH", ColumnFormat.Integer)] long Epoch,
    [property: Column("NODE")] string Node,
    [property: Column("REMAINING", ColumnFormat.Duration)] double RemainingSeconds,
    [property: Column("LABEL")] string Label);
