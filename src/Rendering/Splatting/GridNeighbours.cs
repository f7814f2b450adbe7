using System.Numerics;
using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Splatting;

/// <summary>
/// Nearest neighbours among points that are pixels of one frame, found in windows of the frame. All pixels from a column on lie beyond the plane
/// through the camera and that column, and the distance to this plane is known: the window is large enough once the planes on all four sides are
/// farther than the farthest neighbour. The distances are those of <see cref="NeighbourTree"/>, to the last bit.
/// </summary>
internal sealed class GridNeighbours
{
    /// <summary>Columns and rows to each side that are tried first.</summary>
    private const int FirstReach = 5;

    /// <summary>What rounding may do to a squared distance, as a share of it.</summary>
    private const float Rounding = 1.0001f;

    /// <summary>Share of a pixel by which points may lie beside their ray; twice what <see cref="PixelCoordinates.MinPixel"/> allows.</summary>
    private const double Slack = 0.05;

    /// <summary>
    /// Radius, as a multiple of what is enough, within which points are averaged: those of half a disc have a mean of 0.7 of it, and there are enough.
    /// </summary>
    private const float Wider = 1.3f;

    private readonly PixelCoordinates _pixels;
    private readonly PointCloud _cloud;
    private readonly PixelGrid _grid;
    private readonly int _count;

    private GridNeighbours(PixelCoordinates pixels, int neighbours) =>
        (_pixels, _cloud, _grid, _count) = (pixels, pixels.Cloud, pixels.Grid, Math.Min(neighbours, pixels.Cloud.Count));

    /// <param name="neighbours">Nearest points that count, the point itself among them.</param>
    /// <returns>Null where this search does not fit the cloud.</returns>
    public static GridNeighbours? For(PointCloud cloud, int neighbours) =>
        neighbours is >= 2 and <= NearestDistances.Most && PixelCoordinates.Of(cloud) is { } pixels ? new(pixels, neighbours) : null;

    /// <summary>Mean distance of each point to its nearest ones, itself (distance 0) counted.</summary>
    public float[] MeanDistances()
    {
        var means = new float[_cloud.Count];
        InBlocks(means.Length, i => means[i] = Mean(i, 0));
        return means;
    }

    /// <summary>
    /// Per point, in its diameters, the mean distance where that is not below <paramref name="enough"/>; else what it does not exceed, which is below it, too.
    /// </summary>
    public float[] Relative(float enough)
    {
        var relative = new NeighbourBounds(_pixels, _count).Relative(enough);
        List<int> unsure = [];
        for (var i = 0; i < relative.Length; i++)
            if (!(relative[i] < enough)) unsure.Add(i);
        InBlocks(unsure.Count, k =>
        {
            var i = unsure[k];
            var below = enough * _cloud.Diameters[i];
            var bound = MeanWithin(i, below);
            relative[i] = (bound < below ? bound : Mean(i, below)) / _cloud.Diameters[i];
        });
        return relative;
    }

    /// <summary>
    /// What the mean distance does not exceed: the root mean square distance of all points around that lie within a radius, which are none but the nearest;
    /// infinite where they are too few.
    /// </summary>
    private float MeanWithin(int point, float below)
    {
        const int reach = PixelCoordinates.Margin;
        Vector256<float> x = Vector256.Create(_cloud.X[point]), y = Vector256.Create(_cloud.Y[point]), z = Vector256.Create(_cloud.Z[point]);
        Vector256<float> radius = Vector256.Create(Wider * Wider * below * below), sum = Vector256<float>.Zero, count = sum;
        var place = _pixels.Place(_grid.Pixels[point] % _pixels.Width, _grid.Pixels[point] / _pixels.Width);
        for (var row = -reach; row <= reach; row++)
            for (var column = -reach; column < reach; column += Vector256<float>.Count)
            {
                var squared = _pixels.Squared(place + (row * _pixels.Stride) + column, x, y, z);
                var within = Vector256.LessThan(squared, radius);
                sum += within & squared;
                count += within & Vector256<float>.One;
            }

        var n = Vector256.Sum(count);
        return n < _count ? float.PositiveInfinity : MathF.Sqrt(Vector256.Sum(sum) / n);
    }

    private static void InBlocks(int count, Action<int> each)
    {
        const int block = 64;
        Parallel.For(0, (count + block - 1) / block, b =>
        {
            for (var k = b * block; k < Math.Min((b + 1) * block, count); k++) each(k);
        });
    }

    /// <param name="enough">Where the mean is known to be below this, it need not be exact.</param>
    private float Mean(int point, float enough)
    {
        int x = _grid.Pixels[point] % _pixels.Width, y = _grid.Pixels[point] / _pixels.Width;
        Span<float> places = stackalloc float[NearestDistances.Most];
        var depth = Depth(point);
        var limit = float.PositiveInfinity;
        for (var reach = FirstReach; ; reach = (2 * reach) + 1)
        {
            // Step by step, because beside a jump in depth a small window finds too few near points, and farther ones would need a huge one.
            var window = Clamped(x - reach, y - reach, x + reach, y + reach).Within(Needed(x, y, depth, limit));
            Scan(point, window, limit, places);
            var mean = MeanOf(places[^_count..]);
            if (mean < enough || window.Contains(Needed(x, y, depth, places[^1]))) return mean;
            limit = Math.Min(limit, places[^1] * Rounding);
        }
    }

    private float Depth(int point)
    {
        var (r, t) = (_grid.CamFromWorld.Rotation, _grid.CamFromWorld.Translation);
        return (float)((r.M20 * _cloud.X[point]) + (r.M21 * _cloud.Y[point]) + (r.M22 * _cloud.Z[point]) + t.Z);
    }

    private static float MeanOf(ReadOnlySpan<float> squared)
    {
        double sum = 0;
        foreach (var s in squared) sum += Math.Sqrt(s);
        return (float)(sum / squared.Length);
    }

    private void Scan(int point, in Window window, float limit, Span<float> places)
    {
        var nearest = new NearestDistances(_count, limit);
        Vector256<float> x = Vector256.Create(_cloud.X[point]), y = Vector256.Create(_cloud.Y[point]), z = Vector256.Create(_cloud.Z[point]);
        for (var row = window.Top; row <= window.Bottom; row++)
            for (var column = window.Left; column <= window.Right; column += Vector256<float>.Count)
            {
                var squared = _pixels.Squared(_pixels.Place(column, row), x, y, z);
                var bits = Vector256.LessThan(squared, Vector256.Create(nearest.Last)).ExtractMostSignificantBits();
                if (bits == 0) continue;
                var rest = window.Right - column + 1;
                if (rest < Vector256<float>.Count) bits &= (1u << rest) - 1;
                for (; bits != 0; bits &= bits - 1) nearest.Add(squared.GetElement(BitOperations.TrailingZeroCount(bits)));
            }

        nearest.CopyTo(places);
    }

    /// <summary>The pixels outside of which no point is nearer than a distance.</summary>
    private Window Needed(int x, int y, double depth, float squared)
    {
        if (!float.IsFinite(squared)) return Clamped(0, 0, _pixels.Width - 1, _pixels.Height - 1);
        var distance = Math.Sqrt(squared);
        var k = _grid.Intrinsics;
        double right = x - k.Cx, down = y - k.Cy;
        return Clamped(x - Reach(-right, k.Fx, x), y - Reach(-down, k.Fy, y),
            x + Reach(right, k.Fx, _pixels.Width - 1 - x), y + Reach(down, k.Fy, _pixels.Height - 1 - y));

        // The column at most pixels away, or the last one before the plane that is far enough.
        int Reach(double fromCentre, double focal, int most)
        {
            var pixels = distance * focal / depth;
            for (var step = (int)Math.Min(pixels, most) + 1; step <= most; step++)
            {
                var slope = (fromCentre + step) / focal;
                if (step - Slack >= pixels * Math.Sqrt(1 + (slope * slope))) return step - 1;
            }

            return most;
        }
    }

    private Window Clamped(int left, int top, int right, int bottom) =>
        new(Math.Max(left, 0), Math.Max(top, 0), Math.Min(right, _pixels.Width - 1), Math.Min(bottom, _pixels.Height - 1));

    /// <summary>Columns and rows, ends included.</summary>
    private readonly record struct Window(int Left, int Top, int Right, int Bottom)
    {
        public bool Contains(in Window o) => Left <= o.Left && Top <= o.Top && Right >= o.Right && Bottom >= o.Bottom;

        public Window Within(in Window o) => new(Math.Max(Left, o.Left), Math.Max(Top, o.Top), Math.Min(Right, o.Right), Math.Min(Bottom, o.Bottom));
    }
}
