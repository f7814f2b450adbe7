namespace Depth3D.Cluster.Operations.Results;

/// <summary>What submitting would lead to, without doing it.</summary>
public sealed record CheckView(
    [property: Column("clip", IsId = true)] string Clip,
    [property: Column("verdict")] string Verdict,
    [property: Part("Findings")] IReadOnlyList<CheckRow> Findings);
