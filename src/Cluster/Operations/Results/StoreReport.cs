namespace Depth3D.Cluster.Operations.Results;

/// <summary>What checking the store found.</summary>
public sealed record StoreReport(
    [property: Column("clips", ColumnFormat.Integer)] int Clips,
    [property: Column("accepted tasks", ColumnFormat.Integer)] int Tasks,
    [property: Column("files", ColumnFormat.Integer)] long Files,
    [property: Column("bytes", ColumnFormat.Bytes)] long Bytes,
    [property: Column("verdict", IsId = true)] string Verdict,
    [property: Part("Problems")] IReadOnlyList<StoreProblemRow> Problems);
