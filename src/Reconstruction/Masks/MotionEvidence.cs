using System.Runtime.InteropServices;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// How far each pixel of one frame is from moving as the camera makes it move, in training-size pixels per frame; NaN where no flow is
/// valid. Occluded and inconsistent flow is no evidence, unless a pixel is lost both ways: <see cref="Lost"/>.
/// </summary>
internal static class MotionEvidence
{
    /// <summary>Every n-th pixel is used to fit the camera's motion.</summary>
    private const int GridStep = 3;

    /// <summary>
    /// Evidence of a pixel that no flow can follow into the past or the future though the background model stays inside the picture both
    /// ways: it deforms or moves too fast to be measured. What is merely occluded is visible one way.
    /// </summary>
    public const float Lost = float.PositiveInfinity;

    /// <summary>Rounds of fitting parallax to views and views to parallax.</summary>
    private const int Alternations = 3;

    /// <summary>Distance from the homography that most of the picture follows, the median over the views weighted by their gap.</summary>
    public static MotionField FromHomographies(IReadOnlyList<MotionView> views)
    {
        var (w, h) = Size(views);
        var grid = new ViewPoints(w, h);
        var models = new PlaneParallax?[views.Count];
        for (var v = 0; v < views.Count; v++) models[v] = TwoViewModels.Homography(grid.Grid(views[v], GridStep), grid.Scale);
        return new MotionField(PerPixel(views, models, w, h, (model, point, _) => model.Residual(point), null),
            SurfaceLinks.Of(Departure(views, models, w, h)));
    }

    /// <summary>
    /// The root of Sampson distance times multi-view residual, the best of the cues tried on rendered clips. The views share one parallax per pixel in a projective
    /// frame, so no focal length is needed: plane and epipole of the longest view come from a homography and a fundamental matrix, the other
    /// views by resection, and parallax and views are refined in turn.
    /// </summary>
    /// <returns>Null where no epipole was found, so that parallax cannot be told from motion.</returns>
    public static MotionField? FromParallax(IReadOnlyList<MotionView> views)
    {
        var (w, h) = Size(views);
        var grid = new ViewPoints(w, h);
        var reference = Enumerable.Range(0, views.Count)
            .MaxBy(v => Math.Abs(views[v].Gap) * (long)views[v].Valid.Samples.Count(s => s != 0));
        var points = grid.Grid(views[reference], GridStep);
        if (TwoViewModels.Homography(points, grid.Scale) is not { } plane || TwoViewModels.Epipole(points, grid.Scale) is not { } epipole)
            return null;

        var models = new PlaneParallax?[views.Count];
        models[reference] = plane with { Epipole = epipole };
        var parallax = Parallax(views, models, w, h);
        for (var round = 0; round < Alternations; round++)
        {
            for (var v = 0; v < views.Count; v++)
            {
                if (v == reference) continue;
                var observed = grid.Grid(views[v], GridStep, parallax);
                var start = models[v] ?? TwoViewModels.Homography(observed, grid.Scale, iterations: 2);
                if (start is not { } from || observed.Count < 60) continue;
                models[v] = PlaneParallax.Fit(CollectionsMarshal.AsSpan(observed), from, withEpipole: true,
                    0.1 / grid.Scale, (models[v] is null ? 2.0 : 0.6) / grid.Scale, iterations: 5);
            }

            parallax = Parallax(views, models, w, h);
        }

        var lines = models.Select(m => m?.Fundamental() ?? default).ToArray();
        return new MotionField(PerPixel(views, models, w, h,
            (model, point, v) => Math.Sqrt(Sampson(lines[v], point) * model.Residual(point)), parallax),
            SurfaceLinks.Of(Displacement(views[reference], models[reference]!.Value, parallax, w, h)));
    }

    /// <summary>How far parallax moves each pixel away from the plane, in the reference view.</summary>
    private static Raster<float> Displacement(MotionView view, PlaneParallax model, double[] parallax, int w, int h)
    {
        var result = new Raster<float>(w, h, 2);
        var grid = new ViewPoints(w, h);
        Parallel.For(0, h, y =>
        {
            for (var x = 0; x < w; x++)
            {
                var i = (y * w) + x;
                var (ax, ay) = model.Map(grid.X(x), grid.Y(y), 0);
                var (bx, by) = model.Map(grid.X(x), grid.Y(y), parallax[i]);
                result.Samples[2 * i] = (float)((bx - ax) * grid.Scale / view.Gap);
                result.Samples[(2 * i) + 1] = (float)((by - ay) * grid.Scale / view.Gap);
            }
        });
        return result;
    }

    /// <summary>How far each pixel departs from the homographies, the mean over its valid views.</summary>
    private static Raster<float> Departure(IReadOnlyList<MotionView> views, PlaneParallax?[] models, int w, int h)
    {
        var result = new Raster<float>(w, h, 2);
        var grid = new ViewPoints(w, h);
        Parallel.For(0, h, y =>
        {
            for (var x = 0; x < w; x++)
            {
                var i = (y * w) + x;
                double sumX = 0, sumY = 0, weights = 0;
                for (var v = 0; v < models.Length; v++)
                {
                    if (models[v] is not { } model || views[v].Valid.Samples[i] == 0) continue;
                    var o = grid.At(views[v], x, y, 0);
                    var (px, py) = model.Map(o.X, o.Y, 0);
                    var sign = Math.Sign(views[v].Gap);
                    sumX += sign * (o.OtherX - px);
                    sumY += sign * (o.OtherY - py);
                    weights += Math.Abs(views[v].Gap);
                }

                result.Samples[2 * i] = weights > 0 ? (float)(sumX * grid.Scale / weights) : float.NaN;
                result.Samples[(2 * i) + 1] = weights > 0 ? (float)(sumY * grid.Scale / weights) : float.NaN;
            }
        });
        return result;
    }

    private static (int Width, int Height) Size(IReadOnlyList<MotionView> views) =>
        views.Count == 0 ? throw new ArgumentException("no views", nameof(views)) : (views[0].Flow.Width, views[0].Flow.Height);

    /// <summary>Least squares of each pixel's parallax over its valid views, twice, so that rows are weighted by their depth; NaN without views.</summary>
    private static double[] Parallax(IReadOnlyList<MotionView> views, PlaneParallax?[] models, int w, int h)
    {
        var result = new double[w * h];
        var grid = new ViewPoints(w, h);
        Parallel.For(0, h, y =>
        {
            for (var x = 0; x < w; x++)
            {
                var parallax = double.NaN;
                for (var pass = 0; pass < 2; pass++)
                {
                    double above = 0, below = 0;
                    for (var v = 0; v < models.Length; v++)
                    {
                        if (models[v] is not { } m || views[v].Valid.Samples[(y * w) + x] == 0) continue;
                        var o = grid.At(views[v], x, y, 0);
                        var a = m.Plane * new Vec3(o.X, o.Y, 1);
                        var z = a.Z + (pass == 0 ? 0 : parallax * m.Epipole.Z);
                        if (z < 1e-3) continue;
                        double bx = (m.Epipole.X - (o.OtherX * m.Epipole.Z)) / z, by = (m.Epipole.Y - (o.OtherY * m.Epipole.Z)) / z;
                        double cx = ((o.OtherX * a.Z) - a.X) / z, cy = ((o.OtherY * a.Z) - a.Y) / z;
                        above += (bx * cx) + (by * cy);
                        below += (bx * bx) + (by * by);
                    }

                    if (!(below > 1e-12)) break;
                    parallax = above / below;
                }

                result[(y * w) + x] = parallax;
            }
        });
        return result;
    }

    private static Raster<float> PerPixel(IReadOnlyList<MotionView> views, PlaneParallax?[] models, int w, int h,
        Func<PlaneParallax, PlaneParallax.Observation, int, double> distance, double[]? parallax)
    {
        var evidence = new Raster<float>(w, h);
        var grid = new ViewPoints(w, h);
        Parallel.For(0, h, y =>
        {
            Span<(double Value, int Weight)> seen = stackalloc (double, int)[views.Count];
            for (var x = 0; x < w; x++)
            {
                var i = (y * w) + x;
                var p = parallax?[i] ?? 0;
                var count = 0;
                for (var v = 0; v < models.Length && double.IsFinite(p); v++)
                {
                    if (models[v] is not { } model || views[v].Valid.Samples[i] == 0) continue;
                    var gap = Math.Abs(views[v].Gap);
                    var d = distance(model, grid.At(views[v], x, y, p), v) * grid.Scale / gap;
                    if (double.IsFinite(d)) seen[count++] = (d, gap);
                }

                evidence.Samples[i] = count > 0 ? (float)WeightedMedian(seen[..count])
                    : IsLost(views, models, grid, x, y) ? Lost : float.NaN;
            }
        });
        return evidence;
    }

    private static bool IsLost(IReadOnlyList<MotionView> views, PlaneParallax?[] models, ViewPoints grid, int x, int y)
    {
        int before = 0, after = 0;
        for (var v = 0; v < models.Length; v++)
        {
            if (models[v] is not { } model) continue;
            var (u, w) = model.Map(grid.X(x), grid.Y(y), 0);
            if (!grid.Inside(u, w)) continue;
            if (views[v].Gap < 0) before++;
            else after++;
        }

        return before > 0 && after > 0;
    }

    private static double Sampson(in Mat3 f, in PlaneParallax.Observation p)
    {
        Vec3 a = new(p.X, p.Y, 1), b = new(p.OtherX, p.OtherY, 1);
        Vec3 fa = f * a, fb = f.Transposed * b;
        var below = (fa.X * fa.X) + (fa.Y * fa.Y) + (fb.X * fb.X) + (fb.Y * fb.Y);
        return Math.Abs(b.Dot(fa)) / Math.Sqrt(below + 1e-30);
    }

    private static double WeightedMedian(Span<(double Value, int Weight)> values)
    {
        values.Sort(static (a, b) => a.Value.CompareTo(b.Value));
        var half = 0;
        foreach (var (_, weight) in values) half += weight;
        var sum = 0;
        foreach (var (value, weight) in values)
        {
            sum += 2 * weight;
            if (sum >= half) return value;
        }

        return values[^1].Value;
    }
}
