namespace Depth3D.Cli.Running;

/// <summary>Agreement of a run's inverse depth with another method's disparity, over one region.</summary>
/// <param name="What"><c>prior</c> or <c>optimised</c>.</param>
/// <param name="Region"><c>all</c>, <c>static</c> or <c>moving</c>, by the masks of the run.</param>
/// <param name="Pearson">Mean over frames of the correlation, which no scale and shift of either changes.</param>
/// <param name="Spearman">The same of ranks, which no monotonous map changes.</param>
/// <param name="PerFrame">Pearson of each frame; null where the region is empty or constant there.</param>
internal sealed record DisparityRow(string What, string Region, double? Pearson, double? Spearman, IReadOnlyList<double?> PerFrame);
