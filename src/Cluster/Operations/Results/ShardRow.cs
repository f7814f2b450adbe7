namespace Depth3D.Cluster.Operations.Results;

/// <summary>One shard of the clip space.</summary>
/// <param name="Epoch">Owner epoch; rises with every change of owner.</param>
public sealed record ShardRow(
    [property: Column("SHARD", ColumnFormat.Integer, IsId = true)] int Shard,
    [property: Column("EPOCH", ColumnFormat.Integer)] long Epoch,
    [property: Column("OWNER")] string Owner);
