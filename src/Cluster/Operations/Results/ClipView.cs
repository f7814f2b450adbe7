namespace Depth3D.Cluster.Operations.Results;

/// <summary>Everything about one clip.</summary>
public sealed record ClipView(
    [property: Column("clip", IsId = true)] string Clip,
    [property: Column("project")] string Project,
    [property: Column("state")] string State,
    [property: Column("priority", ColumnFormat.Integer)] int Priority,
    [property: Column("weight", ColumnFormat.Integer)] int Weight,
    [property: Column("done", ColumnFormat.Percent)] double Fraction,
    [property: Column("ETA", ColumnFormat.Duration)] double? RemainingSeconds,
    [property: Column("submitted", ColumnFormat.Time)] DateTimeOffset? SubmittedAt,
    [property: Column("by")] string By,
    string? Key,
    [property: Column("recipe")] string Recipe,
    string InputHash,
    string OptionsJson,
    [property: Column("failure")] string? Failure,
    [property: Column("last lines of its log", ColumnFormat.Block)] string LogTail,
    [property: Part("Stages")] IReadOnlyList<StageRow> Stages);
