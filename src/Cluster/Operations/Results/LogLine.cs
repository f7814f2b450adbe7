namespace Depth3D.Cluster.Operations.Results;

/// <summary>One line of an attempt's log.</summary>
public sealed record LogLine(
    [property: Column("TASK")] string Task,
    [property: Column("EPOCH", ColumnFormat.Integer)] long Epoch,
    [property: Column("TEXT")] string Text);
