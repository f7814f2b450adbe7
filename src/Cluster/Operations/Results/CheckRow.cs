namespace Depth3D.Cluster.Operations.Results;

/// <summary>One finding of <c>clip check</c>.</summary>
/// <param name="Verdict">ok, warning or refused.</param>
public sealed record CheckRow(
    [property: Column("SUBJECT")] string Subject,
    [property: Column("VERDICT")] string Verdict,
    [property: Column("TEXT")] string Text,
    [property: Column("REMEDY")] string Remedy);
