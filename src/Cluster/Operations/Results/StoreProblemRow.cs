namespace Depth3D.Cluster.Operations.Results;

/// <summary>One file that is not as recorded.</summary>
public sealed record StoreProblemRow(
    [property: Column("CLIP")] string Clip,
    [property: Column("TASK")] string Task,
    [property: Column("FILE", IsId = true)] string File,
    [property: Column("WHAT")] string What);
