using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using MathNet.Numerics.Statistics;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The one factor between the cameras' unit and the prior's (spec 1.4, 9.13): the median over frames of each frame's median of prior depth
/// over measured depth. Frames with too few measurements do not vote; one bad frame cannot move a median.
/// </summary>
public static class ScaleAlignment
{
    /// <summary>Measurements a frame needs for a vote (spec 9.13).</summary>
    public const int MinimumPoints = 50;

    /// <summary>Triangulation needs at least this much motion that a point at infinity would not have, training-size pixels.</summary>
    private const double MinimumParallaxPixels = 2;

    private const double MostResidualPixels = 1;
    private const double Nearest = 1e-3;
    private const int PixelStride = 5;

    /// <summary>Prior depth over the depth of sparse points, at static pixels of one frame.</summary>
    /// <param name="prior">z, at the size of <paramref name="k"/>.</param>
    /// <param name="mask">255 = moving.</param>
    public static List<double> SparseRatios(Intrinsics k, RigidTransform camFromWorld, IReadOnlyList<Vec3> points,
        Raster<float> prior, Raster<byte> mask)
    {
        var ratios = new List<double>();
        foreach (var point in points)
        {
            var p = camFromWorld.Apply(point);
            if (!(p.Z > Nearest)) continue;
            var (u, v) = k.Project(p);
            if (!(u >= 0 && v >= 0 && u <= k.Width - 1 && v <= k.Height - 1)) continue;
            if (mask[(int)Math.Round(u), (int)Math.Round(v)] != 0) continue;
            var ratio = Bilinear(prior, u, v) / p.Z;
            if (double.IsFinite(ratio) && ratio > 0) ratios.Add(ratio);
        }

        return ratios;
    }

    /// <summary>Prior depth over depth triangulated from flow, at static pixels with parallax; training size.</summary>
    /// <param name="secondFromFirst">Camera 2 from camera 1.</param>
    public static List<double> FlowRatios(Intrinsics k, RigidTransform secondFromFirst, DirectedFlow flow, float[] prior, int[] staticPixels)
    {
        var ratios = new List<double>();
        for (var n = 0; n < staticPixels.Length; n += PixelStride)
        {
            int x = staticPixels[n] % k.Width, y = staticPixels[n] / k.Width;
            if (!flow.TryTarget(x, y, out var tx, out var ty)) continue;
            if (Triangulate(k, secondFromFirst, x, y, tx, ty) is { } depth) ratios.Add(prior[staticPixels[n]] / depth);
        }

        return ratios;
    }

    /// <summary>The frames' medians, their median and its spread (median absolute deviation over the median).</summary>
    /// <returns>Null when no frame has enough measurements.</returns>
    public static SceneScale? FromRatios(IEnumerable<List<double>> ratiosByFrame)
    {
        var medians = ratiosByFrame.Where(r => r.Count >= MinimumPoints).Select(r => Statistics.Median(r)).ToList();
        if (medians.Count == 0) return null;
        var scale = Statistics.Median(medians);
        return new SceneScale(scale, Statistics.Median(medians.Select(m => Math.Abs(m - scale))) / scale, medians.Count);
    }

    /// <summary>Depth in camera 1 by least squares over both image axes; null without parallax or when the flow leaves the epipolar line.</summary>
    private static double? Triangulate(Intrinsics k, RigidTransform pose, double x, double y, double tx, double ty)
    {
        var a = pose.Rotation * new Vec3((x - k.Cx) / k.Fx, (y - k.Cy) / k.Fy, 1);
        var t = pose.Translation;
        double u = (tx - k.Cx) / k.Fx, v = (ty - k.Cy) / k.Fy;
        double ax = a.X - (u * a.Z), ay = a.Y - (v * a.Z), bx = (u * t.Z) - t.X, by = (v * t.Z) - t.Y;
        var depth = ((ax * bx) + (ay * by)) / ((ax * ax) + (ay * ay));
        var p = (a * depth) + t;
        if (!(depth > Nearest) || !(p.Z > Nearest)) return null;
        var (pu, pv) = k.Project(p);
        var (iu, iv) = k.Project(a);
        var residual = Math.Sqrt(((pu - tx) * (pu - tx)) + ((pv - ty) * (pv - ty)));
        var parallax = Math.Sqrt(((pu - iu) * (pu - iu)) + ((pv - iv) * (pv - iv)));
        return residual < MostResidualPixels && parallax > MinimumParallaxPixels ? depth : null;
    }

    private static double Bilinear(Raster<float> map, double x, double y)
    {
        int x0 = Math.Min((int)x, map.Width - 2), y0 = Math.Min((int)y, map.Height - 2);
        double a = x - x0, b = y - y0;
        return ((1 - b) * (((1 - a) * map[x0, y0]) + (a * map[x0 + 1, y0]))) + (b * (((1 - a) * map[x0, y0 + 1]) + (a * map[x0 + 1, y0 + 1])));
    }
}
