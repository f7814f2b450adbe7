namespace Depth3D.Reconstruction.Priors;

/// <summary>How much of a clip could be triangulated.</summary>
/// <param name="KnownShare">Share of static pixels with trusted depth, mean over the frames.</param>
/// <param name="MedianDepth">Of the trusted pixels, in the cameras' unit.</param>
public sealed record GeometricPriorReport(double KnownShare, double MedianDepth);
