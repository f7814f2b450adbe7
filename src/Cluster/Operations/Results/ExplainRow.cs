namespace Depth3D.Cluster.Operations.Results;

/// <summary>One reason why something does not run.</summary>
/// <param name="Subject">The clip, stage, task or node.</param>
/// <param name="Code">For programs; stable.</param>
public sealed record ExplainRow(
    [property: Column("SUBJECT")] string Subject,
    [property: Column("CODE", IsId = true)] string Code,
    [property: Column("WHY")] string Text,
    [property: Column("REMEDY")] string Remedy);
