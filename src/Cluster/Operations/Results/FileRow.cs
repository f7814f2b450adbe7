namespace Depth3D.Cluster.Operations.Results;

/// <summary>One published file.</summary>
/// <param name="Epoch">The attempt that was accepted: part of the file's place in the store.</param>
/// <param name="Url">Path on the seed where it can be fetched.</param>
public sealed record FileRow(
    [property: Column("TASK")] string Task,
    [property: Column("NAME", IsId = true)] string Name,
    [property: Column("BYTES", ColumnFormat.Bytes)] long Bytes,
    [property: Column("SHA256")] string Sha256,
    string Url,
    long Epoch = 0);
