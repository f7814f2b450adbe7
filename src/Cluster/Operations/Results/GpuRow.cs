namespace Depth3D.Cluster.Operations.Results;

/// <summary>One GPU of a node.</summary>
public sealed record GpuRow(
    [property: Column("UUID", IsId = true)] string Uuid,
    [property: Column("NAME")] string Name,
    [property: Column("MEMORY", ColumnFormat.Bytes)] long MemoryBytes,
    [property: Column("USED", ColumnFormat.Bytes)] long? UsedBytes);
