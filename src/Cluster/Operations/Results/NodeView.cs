namespace Depth3D.Cluster.Operations.Results;

/// <summary>Everything about one node.</summary>
public sealed record NodeView(
    [property: Column("node", IsId = true)] string Node,
    [property: Column("state")] string State,
    [property: Column("why")] string Why,
    [property: Column("roles", ColumnFormat.List)] IReadOnlyList<string> Roles,
    [property: Column("host")] string Host,
    [property: Column("version")] string Version,
    [property: Column("session")] string Session,
    [property: Column("slots")] string Slots,
    [property: Column("cores", ColumnFormat.Integer)] int CpuSlots,
    [property: Column("memory", ColumnFormat.Bytes)] long MemoryBytes,
    [property: Column("CPU in use", ColumnFormat.Percent)] double CpuShare,
    [property: Column("memory in use", ColumnFormat.Bytes)] long UsedMemoryBytes,
    [property: Column("free disk", ColumnFormat.Bytes)] long FreeDiskBytes,
    [property: Column("silent", ColumnFormat.Duration)] double SilentSeconds,
    [property: Column("cordoned by")] string CordonedBy,
    [property: Column("cordoned at", ColumnFormat.Time)] DateTimeOffset? CordonedAt,
    [property: Part("GPUs")] IReadOnlyList<GpuRow> Gpus,
    [property: Part("Attempts it runs")] IReadOnlyList<LeaseRow> Leases);
