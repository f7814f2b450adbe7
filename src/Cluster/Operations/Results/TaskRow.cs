namespace Depth3D.Cluster.Operations.Results;

/// <summary>One task in a list.</summary>
/// <param name="Rung">Step of the memory ladder; 0 is the normal configuration.</param>
public sealed record TaskRow(
    [property: Column("CLIP")] string Clip,
    [property: Column("TASK", IsId = true)] string Task,
    [property: Column("STATE")] string State,
    [property: Column("POOL")] string Pool,
    [property: Column("EPOCH", ColumnFormat.Integer)] long Epoch,
    [property: Column("FAILED", ColumnFormat.Integer)] int FailedAttempts,
    [property: Column("RUNG", ColumnFormat.Integer)] int Rung,
    [property: Column("NODE")] string Node,
    [property: Column("PROGRESS", ColumnFormat.Percent)] double Fraction,
    [property: Column("LABEL")] string Label);
