using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras;

/// <summary>A distortion-free pinhole. Pixel centres at integers: COLMAP's principal point is half a pixel larger.</summary>
public readonly record struct Intrinsics(double Fx, double Fy, double Cx, double Cy, int Width, int Height)
{
    /// <summary>Principal point in the middle, (W-1)/2 and (H-1)/2.</summary>
    public static Intrinsics Centered(double fx, double fy, int width, int height) =>
        new(fx, fy, (width - 1) / 2.0, (height - 1) / 2.0, width, height);

    /// <summary>
    /// The same camera at another image size: pixel edges map to pixel edges, so focal lengths scale with the size and the principal point by
    /// (c + 0.5) * s - 0.5.
    /// </summary>
    public Intrinsics ScaledTo(int width, int height)
    {
        double sx = (double)width / Width, sy = (double)height / Height;
        return new(Fx * sx, Fy * sy, ((Cx + 0.5) * sx) - 0.5, ((Cy + 0.5) * sy) - 0.5, width, height);
    }

    /// <summary>Pixel of a point in camera coordinates; meaningless unless Z &gt; 0.</summary>
    public (double U, double V) Project(Vec3 camera) => ((Fx * camera.X / camera.Z) + Cx, (Fy * camera.Y / camera.Z) + Cy);

    /// <summary>Camera-space point of a pixel at depth z (z, not ray length).</summary>
    public Vec3 Unproject(double u, double v, double depth) => new((u - Cx) / Fx * depth, (v - Cy) / Fy * depth, depth);
}
