namespace Depth3D.Cluster.Operations.Results;

/// <summary>One folder that nothing needs.</summary>
/// <param name="Path">Relative to the store's root.</param>
public sealed record GarbageRow(
    [property: Column("CLIP")] string Clip,
    [property: Column("PATH", IsId = true)] string Path,
    [property: Column("BYTES", ColumnFormat.Bytes)] long Bytes,
    [property: Column("WHY")] string Why);
