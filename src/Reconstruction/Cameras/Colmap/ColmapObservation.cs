namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>A key point of an image, in COLMAP's pixels (centres at +0.5).</summary>
/// <param name="PointId">The 3D point it observes, or -1.</param>
public readonly record struct ColmapObservation(double X, double Y, long PointId);
