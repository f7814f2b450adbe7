using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Reconstruction.Priors;

/// <summary>
/// Inverse depth of static pixels from flow and cameras: with q = R K^-1 p + w t, the projection q.xy / q.z is compared with where the flow points,
/// for all views together. The rows are linear in w once divided by q.z; they are reweighted by depth and by Geman-McClure weights.
/// </summary>
public static class Triangulator
{
    private const int Iterations = 6;

    /// <summary>Standard deviation of chained flow: a constant part and one per frame of gap, training-size pixels (measured on rendered clips).</summary>
    private const double FlowNoise = 0.12, FlowNoisePerFrame = 0.025;

    /// <summary>Relative error of the inverse depth at which the confidence is one half.</summary>
    private const double HalfConfidenceError = 0.04;

    /// <param name="cameras">Scaled to the size of the flow.</param>
    /// <param name="moving">Not zero = leave out; size of the flow.</param>
    /// <param name="noiseShare">Noise of this clip's flow over the usual.</param>
    public static TriangulatedDepth Run(int frame, IReadOnlyList<MotionView> views, CameraTrack cameras, Raster<byte> moving, double noiseShare = 1)
    {
        int width = moving.Width, height = moving.Height;
        var k = cameras.Intrinsics;
        var worldFromFrame = cameras.Frames[frame].CamFromWorld.Inverse();
        var used = views.Where(v => cameras.Frames[frame + v.Gap].Registered && v.Gap is not (1 or -1)).ToArray();
        var relative = Array.ConvertAll(used, v => cameras.Frames[frame + v.Gap].CamFromWorld * worldFromFrame);
        var noise = Array.ConvertAll(used, v => noiseShare * NoisePixels(v.Gap));
        var result = new TriangulatedDepth(new(width, height), new(width, height));
        if (!cameras.Frames[frame].Registered) return result;
        Parallel.For(0, height, y =>
        {
            Span<Row> rows = stackalloc Row[2 * used.Length];
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                if (moving.Samples[i] != 0) continue;
                var ray = new Vec3((x - k.Cx) / k.Fx, (y - k.Cy) / k.Fy, 1);
                var count = 0;
                for (var v = 0; v < used.Length; v++)
                {
                    if (used[v].Valid.Samples[i] == 0) continue;
                    var a = relative[v].Rotation * ray;
                    var b = relative[v].Translation;
                    var ox = (x + used[v].Flow.Samples[2 * i] - k.Cx) / k.Fx;
                    var oy = (y + used[v].Flow.Samples[(2 * i) + 1] - k.Cy) / k.Fy;
                    rows[count++] = new Row(b.X - (ox * b.Z), (ox * a.Z) - a.X, a.Z, b.Z, k.Fx / noise[v]);
                    rows[count++] = new Row(b.Y - (oy * b.Z), (oy * a.Z) - a.Y, a.Z, b.Z, k.Fy / noise[v]);
                }

                if (count >= 4) (result.InverseDepth.Samples[i], result.Confidence.Samples[i]) = Solve(rows[..count]);
            }
        });
        return result;
    }

    internal static double NoisePixels(int gap) => FlowNoise + (FlowNoisePerFrame * Math.Abs(gap));

    /// <summary>One equation: Slope * w = Target, both over q.z = Z + w * ZSlope, in units of the flow's noise once multiplied by Weight.</summary>
    private readonly record struct Row(double Slope, double Target, double Z, double ZSlope, double Weight);

    private static (float InverseDepth, float Confidence) Solve(ReadOnlySpan<Row> rows)
    {
        double w = Start(rows), information = 0, agreement = 0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            double above = 0, below = 0, weights = 0;
            var scale = iteration < 2 ? 6.0 : 3.0; // in standard deviations; wide at first, so that a poor start can move
            for (var r = 0; r < rows.Length; r += 2)
            {
                var z = Math.Max(0.05, rows[r].Z + (w * rows[r].ZSlope));
                double sx = rows[r].Weight / z, sy = rows[r + 1].Weight / z;
                double ex = ((rows[r].Slope * w) - rows[r].Target) * sx, ey = ((rows[r + 1].Slope * w) - rows[r + 1].Target) * sy;
                var t = ((ex * ex) + (ey * ey)) / (scale * scale);
                var weight = 1 / ((1 + t) * (1 + t));
                above += weight * ((rows[r].Slope * rows[r].Target * sx * sx) + (rows[r + 1].Slope * rows[r + 1].Target * sy * sy));
                below += weight * ((rows[r].Slope * rows[r].Slope * sx * sx) + (rows[r + 1].Slope * rows[r + 1].Slope * sy * sy));
                weights += weight;
            }

            if (!(below > 1e-12)) return (0, 0);
            (w, information, agreement) = (above / below, below, weights / (rows.Length / 2));
        }

        if (!(w > 0) || !double.IsFinite(w)) return (0, 0);
        var error = 1 / (Math.Sqrt(information) * w * HalfConfidenceError);
        var confidence = agreement / (1 + (error * error));
        return ((float)w, (float)confidence);
    }

    /// <summary>The median of the single views' solutions, each counted by how well its baseline determines it.</summary>
    private static double Start(ReadOnlySpan<Row> rows)
    {
        Span<(double W, double Information)> views = stackalloc (double, double)[rows.Length / 2];
        double total = 0;
        for (var v = 0; v < views.Length; v++)
        {
            Row x = rows[2 * v], y = rows[(2 * v) + 1];
            var below = (x.Slope * x.Slope * x.Weight * x.Weight) + (y.Slope * y.Slope * y.Weight * y.Weight);
            var above = (x.Slope * x.Target * x.Weight * x.Weight) + (y.Slope * y.Target * y.Weight * y.Weight);
            views[v] = (below > 0 ? above / below : 0, Math.Sqrt(below));
            total += views[v].Information;
        }

        views.Sort(static (a, b) => a.W.CompareTo(b.W));
        double sum = 0;
        foreach (var (w, information) in views)
        {
            sum += information;
            if (sum >= total / 2) return w;
        }

        return views[^1].W;
    }
}
