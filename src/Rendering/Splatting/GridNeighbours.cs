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
    /// <summary>Open places around the frame, so that eight columns can be read at once.</summary>
    private const int Margin = 8;

    /// <summary>Columns and rows to each side that are tried first.</summary>
    private const int FirstReach = 5;

    /// <summary>What rounding may do to a squared distance, as a share of it.</summary>
    private const float Rounding = 1.0001f;

    /// <summary>Share of a pixel by which points, rounded to single precision, may lie beside their ray; twice what <see cref="MinPixel"/> allows.</summary>
    private const double Slack = 0.05;

    /// <summary>A pixel's width at its point, as a share of the point's coordinates, below which single precision does not resolve it.</summary>
    private const double MinPixel = 1e-5;

    private const int WholeShapes = 3;

    private readonly PointCloud _cloud;
    private readonly PixelGrid _grid;
    private readonly int _width, _height, _stride, _count;
    private readonly float[] _x, _y, _z, _depths;

    private GridNeighbours(PointCloud cloud, PixelGrid grid, float[] depths, int neighbours)
    {
        (_cloud, _grid, _depths, _count) = (cloud, grid, depths, Math.Min(neighbours, cloud.Count));
        (_width, _height, _stride) = (grid.Intrinsics.Width, grid.Intrinsics.Height, grid.Intrinsics.Width + (2 * Margin));
        (_x, _y, _z) = (Spread(cloud.X), Spread(cloud.Y), Spread(cloud.Z));
    }

    /// <param name="neighbours">Nearest points that count, the point itself among them.</param>
    /// <returns>Null where this search does not fit the cloud.</returns>
    public static GridNeighbours? For(PointCloud cloud, int neighbours)
    {
        if (cloud.Grid is not { } grid || neighbours is < 2 or > NearestDistances.Most) return null;
        var (r, t) = (grid.CamFromWorld.Rotation, grid.CamFromWorld.Translation);
        var depths = new float[cloud.Count];
        for (var i = 0; i < depths.Length; i++)
        {
            double x = cloud.X[i], y = cloud.Y[i], z = cloud.Z[i], depth = (r.M20 * x) + (r.M21 * y) + (r.M22 * z) + t.Z;
            if (!(depth / Math.Max(grid.Intrinsics.Fx, grid.Intrinsics.Fy) > MinPixel * (Math.Abs(x) + Math.Abs(y) + Math.Abs(z)))) return null;
            depths[i] = (float)depth;
        }

        return new(cloud, grid, depths, neighbours);
    }

    /// <summary>Mean distance of each point to its nearest ones, itself (distance 0) counted.</summary>
    public float[] MeanDistances()
    {
        var means = new float[_cloud.Count];
        MeanDistances([.. Enumerable.Range(0, means.Length)], Bounds(double.PositiveInfinity), means);
        return means;
    }

    /// <summary>The same for some points only, put where they belong in <paramref name="means"/>.</summary>
    /// <param name="bounds">Of all points, from <see cref="Bounds"/>.</param>
    public void MeanDistances(int[] points, NeighbourBounds bounds, float[] means)
    {
        const int block = 512;
        Parallel.For(0, (points.Length + block - 1) / block, b =>
        {
            for (var k = b * block; k < Math.Min((b + 1) * block, points.Length); k++) means[points[k]] = Mean(points[k], bounds.Farthest[points[k]]);
        });
    }

    /// <summary>
    /// What the distances do not exceed: those to as many pixels around, whether or not they are the nearest points; of several shapes,
    /// for surfaces that face the camera and such that are seen at a slant, the one that comes closest. Infinite where all of them miss a point.
    /// </summary>
    /// <param name="wanted">In diameters of the point: where means stay above, shapes to one side are tried, too, for points beside edges.</param>
    public NeighbourBounds Bounds(double wanted)
    {
        float[] means = new float[_x.Length], farthest = new float[_x.Length];
        var shapes = Shapes().Select(s => s.Take(_count - 1).Select(o => (o.Y * _stride) + o.X).ToArray()).ToArray();
        var enough = Spread(Array.ConvertAll(_cloud.Diameters, d => (float)(wanted * d)));
        Parallel.For(0, _height, y =>
        {
            for (var x = 0; x < _width; x += Vector256<float>.Count) Bound(Place(x, y), shapes, enough, means, farthest);
        });
        var places = Array.ConvertAll(_grid.Pixels, p => Place(p % _width, p / _width));
        return new(Array.ConvertAll(places, p => means[p]), Array.ConvertAll(places, p => farthest[p]));
    }

    /// <summary>Pixels around one, from the inside out: <see cref="WholeShapes"/> that surround it, then such that lie to one side.</summary>
    private static IEnumerable<IEnumerable<(int X, int Y)>> Shapes()
    {
        yield return Ordered(1);
        yield return Ordered(0.2);
        yield return Ordered(5);
        yield return Ordered(1).Where(o => o.X >= 0);
        yield return Ordered(1).Where(o => o.X <= 0);
        yield return Ordered(1).Where(o => o.Y >= 0);
        yield return Ordered(1).Where(o => o.Y <= 0);

        // As they lie around a point where columns are farther apart than rows by the aspect's root.
        static IEnumerable<(int X, int Y)> Ordered(double aspect) =>
            from y in Enumerable.Range(-Margin, (2 * Margin) + 1)
            from x in Enumerable.Range(-Margin, (2 * Margin) + 1)
            where (x, y) != (0, 0)
            orderby (x * x * aspect) + (y * y / aspect), y, x
            select (x, y);
    }

    private void Bound(int place, int[][] shapes, float[] enough, float[] means, float[] farthest)
    {
        Vector256<float> x = Load(_x, place), y = Load(_y, place), z = Load(_z, place);
        Vector256<float> mean = Vector256.Create(float.PositiveInfinity), last = mean;
        for (var s = 0; s < shapes.Length; s++)
        {
            if (s == WholeShapes && !Vector256.GreaterThanAny(mean, Load(enough, place))) break;
            Vector256<float> sum = Vector256<float>.Zero, most = sum;
            foreach (var step in shapes[s])
            {
                var squared = Squared(place + step, x, y, z);
                sum += Vector256.Sqrt(squared);
                most = Vector256.Max(most, squared);
            }

            // A missing point makes the sum NaN, which is not less than anything.
            sum /= Vector256.Create((float)_count);
            last = Vector256.ConditionalSelect(Vector256.LessThan(sum, Vector256.Create(float.PositiveInfinity)), Vector256.Min(last, most), last);
            mean = Vector256.ConditionalSelect(Vector256.LessThan(sum, mean), sum, mean);
        }

        mean.CopyTo(means, place);
        (last * Vector256.Create(Rounding)).CopyTo(farthest, place);
    }

    /// <param name="limit">Squared distance that the farthest neighbour does not exceed; infinite if unknown.</param>
    private float Mean(int point, float limit)
    {
        int x = _grid.Pixels[point] % _width, y = _grid.Pixels[point] / _width;
        Span<float> places = stackalloc float[NearestDistances.Most];
        var reach = FirstReach;
        while (true)
        {
            // Step by step, because beside a jump in depth a small window finds too few near points, and farther ones would need a huge one.
            var window = Around(x, y, reach).Within(Needed(x, y, _depths[point], limit));
            Scan(point, window, limit, places);
            limit = Math.Min(limit, places[^1] * Rounding);
            if (window.Contains(Needed(x, y, _depths[point], places[^1]))) break;
            reach = (2 * reach) + 1;
        }

        double sum = 0;
        foreach (var squared in places[^_count..]) sum += Math.Sqrt(squared);
        return (float)(sum / _count);
    }

    private void Scan(int point, in Window window, float limit, Span<float> places)
    {
        var nearest = new NearestDistances(_count, limit);
        Vector256<float> x = Vector256.Create(_cloud.X[point]), y = Vector256.Create(_cloud.Y[point]), z = Vector256.Create(_cloud.Z[point]);
        for (var row = window.Top; row <= window.Bottom; row++)
            for (var column = window.Left; column <= window.Right; column += Vector256<float>.Count)
            {
                var squared = Squared(Place(column, row), x, y, z);
                var bits = Vector256.LessThan(squared, Vector256.Create(nearest.Last)).ExtractMostSignificantBits();
                if (bits == 0) continue;
                var rest = window.Right - column + 1;
                if (rest < Vector256<float>.Count) bits &= (1u << rest) - 1;
                for (; bits != 0; bits &= bits - 1) nearest.Add(squared.GetElement(BitOperations.TrailingZeroCount(bits)));
            }

        nearest.CopyTo(places);
    }

    private Vector256<float> Squared(int place, Vector256<float> x, Vector256<float> y, Vector256<float> z)
    {
        Vector256<float> dx = Load(_x, place) - x, dy = Load(_y, place) - y, dz = Load(_z, place) - z;
        return (dx * dx) + (dy * dy) + (dz * dz);
    }

    private static Vector256<float> Load(float[] values, int place) => Vector256.LoadUnsafe(ref values[place]);

    /// <summary>The pixels outside of which no point is nearer than a distance.</summary>
    private Window Needed(int x, int y, double depth, float squared)
    {
        if (!float.IsFinite(squared)) return Clamped(0, 0, _width - 1, _height - 1);
        var distance = Math.Sqrt(squared);
        var k = _grid.Intrinsics;
        double right = x - k.Cx, down = y - k.Cy;
        return Clamped(x - Reach(-right, k.Fx, x), y - Reach(-down, k.Fy, y),
            x + Reach(right, k.Fx, _width - 1 - x), y + Reach(down, k.Fy, _height - 1 - y));

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

    private int Place(int x, int y) => ((y + Margin) * _stride) + x + Margin;

    private float[] Spread(float[] values)
    {
        var spread = new float[_stride * (_height + (2 * Margin))];
        Array.Fill(spread, float.NaN);
        for (var i = 0; i < values.Length; i++) spread[Place(_grid.Pixels[i] % _width, _grid.Pixels[i] / _width)] = values[i];
        return spread;
    }

    private Window Around(int x, int y, int reach) => Clamped(x - reach, y - reach, x + reach, y + reach);

    private Window Clamped(int left, int top, int right, int bottom) =>
        new(Math.Max(left, 0), Math.Max(top, 0), Math.Min(right, _width - 1), Math.Min(bottom, _height - 1));

    /// <summary>Columns and rows, ends included.</summary>
    private readonly record struct Window(int Left, int Top, int Right, int Bottom)
    {
        public bool Contains(in Window o) => Left <= o.Left && Top <= o.Top && Right >= o.Right && Bottom >= o.Bottom;

        public Window Within(in Window o) => new(Math.Max(Left, o.Left), Math.Max(Top, o.Top), Math.Min(Right, o.Right), Math.Min(Bottom, o.Bottom));
    }
}
