namespace Depth3D.Cluster.Operations.Results;

/// <summary>One attempt of a task.</summary>
/// <param name="Outcome">running, done, failed or released.</param>
public sealed record AttemptRow(
    [property: Column("TASK")] string Task,
    [property: Column("EPOCH", ColumnFormat.Integer)] long Epoch,
    [property: Column("NODE")] string Node,
    [property: Column("STARTED", ColumnFormat.Time)] DateTimeOffset StartedAt,
    [property: Column("SECONDS", ColumnFormat.Duration)] double? Seconds,
    [property: Column("OUTCOME")] string Outcome,
    [property: Column("TEXT")] string Text);
