namespace Depth3D.Cluster.Operations.Results;

/// <summary>What clearing the store found, and whether it deleted it.</summary>
public sealed record GarbageReport(
    [property: Column("dry run")] bool DryRun,
    [property: Column("folders", ColumnFormat.Integer)] int Folders,
    [property: Column("bytes", ColumnFormat.Bytes)] long Bytes,
    [property: Part("Folders")] IReadOnlyList<GarbageRow> Items);
