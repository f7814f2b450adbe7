namespace Depth3D.Imaging;

/// <summary>A place in an image, pixels.</summary>
public readonly record struct Point2(double X, double Y);
