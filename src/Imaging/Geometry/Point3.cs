namespace Depth3D.Imaging;

/// <summary>A place in space, world units.</summary>
public readonly record struct Point3(double X, double Y, double Z);
