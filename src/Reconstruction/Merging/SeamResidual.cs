namespace Depth3D.Reconstruction.Merging;

/// <summary>Absolute difference of log depth between two windows over the frames of both; NaN where there is no such pixel.</summary>
/// <param name="Before">Mean over pixels that stand still, as the windows left it.</param>
/// <param name="Mean">The same after alignment.</param>
/// <param name="Median">Of the same.</param>
/// <param name="Percentile95">Of the same.</param>
/// <param name="Moving">Mean over moving pixels after alignment.</param>
public readonly record struct SeamResidual(double Before, double Mean, double Median, double Percentile95, double Moving);
