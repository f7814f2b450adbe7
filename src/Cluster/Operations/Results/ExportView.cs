namespace Depth3D.Cluster.Operations.Results;

/// <summary>Accepted files of a clip, to be fetched.</summary>
public sealed record ExportView(
    [property: Column("clip", IsId = true)] string Clip,
    [property: Column("state")] string State,
    [property: Column("files", ColumnFormat.Integer)] int Count,
    [property: Column("bytes", ColumnFormat.Bytes)] long Bytes,
    [property: Part("Files")] IReadOnlyList<FileRow> Files);
