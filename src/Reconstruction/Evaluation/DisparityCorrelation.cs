namespace Depth3D.Reconstruction.Evaluation;

/// <summary>Correlation of two maps over one region, -1 to 1; NaN where one is constant or fewer than two pixels are left.</summary>
/// <param name="Pearson">Of the values: no scale and shift of either changes it.</param>
/// <param name="Spearman">Of their ranks: no monotonous map of either changes it.</param>
public readonly record struct DisparityCorrelation(double Pearson, double Spearman);
