namespace Depth3D.Cluster.Operations.Results;

/// <summary>One clip in a list.</summary>
/// <param name="Fraction">0 to 1 over its planned tasks; a stage not planned yet counts as one task.</param>
/// <param name="Stage">First stage that is not complete.</param>
public sealed record ClipRow(
    [property: Column("CLIP", IsId = true)] string Clip,
    [property: Column("PROJECT")] string Project,
    [property: Column("STATE")] string State,
    [property: Column("PRIO", ColumnFormat.Integer)] int Priority,
    int Weight,
    [property: Column("DONE", ColumnFormat.Percent)] double Fraction,
    [property: Column("STAGE")] string Stage,
    [property: Column("RUNNING", ColumnFormat.Integer)] int Running,
    [property: Column("WAITING", ColumnFormat.Integer)] int Waiting,
    [property: Column("ETA", ColumnFormat.Duration)] double? RemainingSeconds,
    [property: Column("SUBMITTED", ColumnFormat.Time)] DateTimeOffset? SubmittedAt,
    [property: Column("BY")] string By);
