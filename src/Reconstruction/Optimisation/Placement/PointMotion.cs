namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>A pixel of one frame and where it is in another.</summary>
internal readonly record struct PointMotion(double X, double Y, double X2, double Y2);
