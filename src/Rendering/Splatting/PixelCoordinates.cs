using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Splatting;

/// <summary>A cloud's points at the pixels they come from, with open places (NaN) between and around them, so that eight columns can be read at once.</summary>
internal sealed class PixelCoordinates
{
    /// <summary>Open columns and rows on each side.</summary>
    public const int Margin = 8;

    /// <summary>A pixel's width at its point, as a share of the point's coordinates, below which single precision does not resolve it.</summary>
    public const double MinPixel = 1e-5;

    private readonly float[] _x, _y, _z, _diameters;

    private PixelCoordinates(PointCloud cloud, PixelGrid grid)
    {
        (Cloud, Grid, Width, Height, Stride) = (cloud, grid, grid.Intrinsics.Width, grid.Intrinsics.Height, grid.Intrinsics.Width + (2 * Margin));
        (_x, _y, _z, _diameters) = (Places(), Places(), Places(), Places());
    }

    public PointCloud Cloud { get; }

    public PixelGrid Grid { get; }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    /// <returns>Null where points are not known to lie on the rays of a frame, to the precision of their coordinates.</returns>
    public static PixelCoordinates? Of(PointCloud cloud)
    {
        if (cloud.Grid is not { } grid) return null;
        var coordinates = new PixelCoordinates(cloud, grid);
        var unresolved = 0;
        Parallel.For(0, coordinates.Height + (2 * Margin), row =>
        {
            if (!coordinates.Spread(row - Margin)) Volatile.Write(ref unresolved, 1);
        });
        return unresolved == 0 ? coordinates : null;
    }

    public int Place(int x, int y) => ((y + Margin) * Stride) + x + Margin;

    /// <summary>Squared distances from eight places in a row on to as many points.</summary>
    public Vector256<float> Squared(int place, Vector256<float> x, Vector256<float> y, Vector256<float> z)
    {
        Vector256<float> dx = Load(_x, place) - x, dy = Load(_y, place) - y, dz = Load(_z, place) - z;
        return (dx * dx) + (dy * dy) + (dz * dz);
    }

    /// <summary>Sum of squared distances from places some steps away from eight in a row to as many points.</summary>
    public Vector256<float> SumOfSquares(int place, int[] steps, Vector256<float> x, Vector256<float> y, Vector256<float> z)
    {
        Vector256<float> sx = Vector256<float>.Zero, sy = sx, sz = sx;
        foreach (var step in steps)
        {
            Vector256<float> dx = Load(_x, place + step) - x, dy = Load(_y, place + step) - y, dz = Load(_z, place + step) - z;
            sx = Vector256.FusedMultiplyAdd(dx, dx, sx);
            sy = Vector256.FusedMultiplyAdd(dy, dy, sy);
            sz = Vector256.FusedMultiplyAdd(dz, dz, sz);
        }

        return sx + sy + sz;
    }

    public (Vector256<float> X, Vector256<float> Y, Vector256<float> Z, Vector256<float> Diameter) Eight(int place) =>
        (Load(_x, place), Load(_y, place), Load(_z, place), Load(_diameters, place));

    private static Vector256<float> Load(float[] values, int place) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)place);

    private float[] Places() => GC.AllocateUninitializedArray<float>((Stride * (Height + (2 * Margin))) + Vector256<float>.Count);

    private bool Spread(int y)
    {
        var inside = y >= 0 && y < Height;
        int first = inside ? Grid.Rows[y] : 0, end = inside ? Grid.Rows[y + 1] : 0, at = (y + Margin) * Stride;
        var length = y == Height + Margin - 1 ? _x.Length - at : Stride;
        Spread(Cloud.X, _x);
        Spread(Cloud.Y, _y);
        Spread(Cloud.Z, _z);
        Spread(Cloud.Diameters, _diameters);
        return AreResolved(first, end);

        void Spread(float[] from, float[] to)
        {
            var row = to.AsSpan(at, length);
            row.Fill(float.NaN);
            var own = Grid.Pixels.AsSpan(first, end - first);
            if (own.Length == Width)
            {
                from.AsSpan(first, Width).CopyTo(row[Margin..]);
                return;
            }

            for (var k = 0; k < own.Length; k++) row[own[k] - (y * Width) + Margin] = from[first + k];
        }
    }

    private bool AreResolved(int first, int end)
    {
        var (r, t) = (Grid.CamFromWorld.Rotation, Grid.CamFromWorld.Translation);
        var share = MinPixel * Math.Max(Grid.Intrinsics.Fx, Grid.Intrinsics.Fy);
        var k = first;
        for (; k + Vector<float>.Count <= end; k += Vector<float>.Count)
        {
            Vector<float> x = new(Cloud.X, k), y = new(Cloud.Y, k), z = new(Cloud.Z, k);
            var depth = ((float)r.M20 * x) + ((float)r.M21 * y) + ((float)r.M22 * z) + new Vector<float>((float)t.Z);
            if (!Vector.GreaterThanAll(depth, (float)share * (Vector.Abs(x) + Vector.Abs(y) + Vector.Abs(z)))) return false;
        }

        for (; k < end; k++)
        {
            double x = Cloud.X[k], y = Cloud.Y[k], z = Cloud.Z[k];
            if (!((r.M20 * x) + (r.M21 * y) + (r.M22 * z) + t.Z > share * (Math.Abs(x) + Math.Abs(y) + Math.Abs(z)))) return false;
        }

        return true;
    }
}
