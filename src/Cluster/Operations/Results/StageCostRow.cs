namespace Depth3D.Cluster.Operations.Results;

/// <summary>What one stage cost.</summary>
/// <param name="LostSeconds">Task time of attempts that were not accepted.</param>
public sealed record StageCostRow(
    [property: Column("STAGE", IsId = true)] string Stage,
    [property: Column("ATTEMPTS", ColumnFormat.Integer)] int Attempts,
    [property: Column("CORE TIME", ColumnFormat.Duration)] double CoreSeconds,
    [property: Column("GPU TIME", ColumnFormat.Duration)] double GpuSeconds,
    [property: Column("LOST", ColumnFormat.Duration)] double LostSeconds,
    [property: Column("COST")] double Cost);
