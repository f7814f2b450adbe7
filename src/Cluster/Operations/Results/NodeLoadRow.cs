namespace Depth3D.Cluster.Operations.Results;

/// <summary>How loaded a node is.</summary>
public sealed record NodeLoadRow(
    [property: Column("NODE", IsId = true)] string Node,
    [property: Column("STATE")] string State,
    [property: Column("BUSY", ColumnFormat.Integer)] int Busy,
    [property: Column("CPU", ColumnFormat.Percent)] double CpuShare,
    [property: Column("MEMORY", ColumnFormat.Bytes)] long UsedMemoryBytes,
    [property: Column("OF", ColumnFormat.Bytes)] long MemoryBytes,
    [property: Column("FREE DISK", ColumnFormat.Bytes)] long FreeDiskBytes,
    [property: Column("GPU MEMORY", ColumnFormat.Bytes)] long GpuMemoryBytes,
    [property: Column("TASKS", ColumnFormat.List)] IReadOnlyList<string> Tasks);
