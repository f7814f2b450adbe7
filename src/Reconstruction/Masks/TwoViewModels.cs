using System.Runtime.InteropServices;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Observation = Depth3D.Reconstruction.Masks.PlaneParallax.Observation;

namespace Depth3D.Reconstruction.Masks;

/// <summary>Camera-motion models of one pair of frames, fitted to its flow against the pixels that move by themselves.</summary>
internal static class TwoViewModels
{
    /// <summary>Pixels of training size: RANSAC's notion of an inlier, and the bounds of the reweighting scale after it.</summary>
    private const double InlierPixels = 0.5, MinScalePixels = 0.1, MaxScalePixels = 0.6;

    private const int MinPoints = 40;

    /// <summary>The homography most of the picture follows; null where too little flow is valid.</summary>
    public static PlaneParallax? Homography(List<Observation> points, double pixelsPerUnit, int iterations = 8)
    {
        if (points.Count < MinPoints) return null;
        var (from, to) = Pixels(points, pixelsPerUnit);
        if (Geometry2D.FindHomography(from, to, InlierPixels, out _) is not { } m) return null;
        var h = Normalised(m, pixelsPerUnit);
        return PlaneParallax.Fit(CollectionsMarshal.AsSpan(points), new PlaneParallax(h, Vec3.Zero), withEpipole: false,
            MinScalePixels / pixelsPerUnit, MaxScalePixels / pixelsPerUnit, iterations);
    }

    /// <summary>The epipole in the other view, unit length, from a fundamental matrix; null where none is found.</summary>
    public static Vec3? Epipole(List<Observation> points, double pixelsPerUnit)
    {
        if (points.Count < MinPoints) return null;
        var (from, to) = Pixels(points, pixelsPerUnit);
        if (Geometry2D.FindFundamental(from, to, InlierPixels, out _) is not { } f) return null;
        Vec3 a = new(f[0], f[3], f[6]), b = new(f[1], f[4], f[7]), c = new(f[2], f[5], f[8]);
        Vec3[] candidates = [a.Cross(b), a.Cross(c), b.Cross(c)];
        var e = candidates.MaxBy(v => v.Length);
        var scaled = new Vec3(e.X / pixelsPerUnit, e.Y / pixelsPerUnit, e.Z);
        return scaled.Length > 1e-12 ? scaled.Normalized : null;
    }

    private static (Point2[] From, Point2[] To) Pixels(List<Observation> points, double s) =>
        ([.. points.Select(p => new Point2(p.X * s, p.Y * s))], [.. points.Select(p => new Point2(p.OtherX * s, p.OtherY * s))]);

    /// <summary>The same homography between points divided by <paramref name="s"/>, last element 1.</summary>
    private static Mat3 Normalised(double[] m, double s)
    {
        var k = 1 / m[8];
        return new(m[0] * k, m[1] * k, m[2] * k / s, m[3] * k, m[4] * k, m[5] * k / s, m[6] * k * s, m[7] * k * s, 1);
    }
}
