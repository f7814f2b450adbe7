namespace Depth3D.Cluster.Operations.Results;

/// <summary>What a clip cost: time of its attempts times the cores and GPUs they held.</summary>
/// <param name="Cost">Core and GPU hours times the rates that were given; 0 without rates.</param>
public sealed record CostView(
    [property: Column("clip", IsId = true)] string Clip,
    [property: Column("wall time", ColumnFormat.Duration)] double WallSeconds,
    [property: Column("core time", ColumnFormat.Duration)] double CoreSeconds,
    [property: Column("GPU time", ColumnFormat.Duration)] double GpuSeconds,
    [property: Column("lost", ColumnFormat.Duration)] double LostSeconds,
    [property: Column("cost")] double Cost,
    [property: Part("Stages")] IReadOnlyList<StageCostRow> Stages);
