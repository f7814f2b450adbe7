namespace Depth3D.Cluster.Operations.Results;

/// <summary>One stage of a clip.</summary>
/// <param name="Tasks">Null until the stage is planned.</param>
public sealed record StageRow(
    [property: Column("STAGE", IsId = true)] string Stage,
    [property: Column("POOL")] string Pool,
    [property: Column("STATE")] string State,
    [property: Column("TASKS", ColumnFormat.Integer)] int? Tasks,
    [property: Column("DONE", ColumnFormat.Integer)] int Done,
    [property: Column("RUNNING", ColumnFormat.Integer)] int Running,
    [property: Column("FAILED", ColumnFormat.Integer)] int Failed,
    [property: Column("PROGRESS", ColumnFormat.Percent)] double Fraction,
    [property: Column("ELAPSED", ColumnFormat.Duration)] double? ElapsedSeconds,
    [property: Column("ETA", ColumnFormat.Duration)] double? RemainingSeconds,
    [property: Column("MESSAGE")] string? Message);
