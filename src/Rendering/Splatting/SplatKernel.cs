using System.Numerics;
using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Splatting;

/// <summary>
/// What points cover of a picture, to be drawn into a packed z-buffer: depth bits above, colour below, the smaller value wins. Positive floats order
/// like their bits, so the result depends neither on the order of the points nor on the threads. Both forms round alike and give the same footprints.
/// </summary>
internal static class SplatKernel
{
    /// <summary>Beyond any point; positive as a signed number, too, which drawing relies on.</summary>
    public const ulong Empty = long.MaxValue;

    /// <summary>Half a pixel: a smaller square might miss every pixel centre.</summary>
    private const float MinHalf = 0.5f;

    /// <returns>How many of the points are seen.</returns>
    public static int Scalar(PointCloud cloud, int first, int end, in SplatCamera c, Span<Footprint> seen)
    {
        var count = 0;
        for (var i = first; i < end; i++)
        {
            float x = cloud.X[i], y = cloud.Y[i], z = cloud.Z[i];
            var depth = MathF.FusedMultiplyAdd(c.R20, x, MathF.FusedMultiplyAdd(c.R21, y, MathF.FusedMultiplyAdd(c.R22, z, c.Tz)));
            if (!(depth > c.Near && depth < c.Far)) continue;
            var right = MathF.FusedMultiplyAdd(c.R00, x, MathF.FusedMultiplyAdd(c.R01, y, MathF.FusedMultiplyAdd(c.R02, z, c.Tx)));
            var down = MathF.FusedMultiplyAdd(c.R10, x, MathF.FusedMultiplyAdd(c.R11, y, MathF.FusedMultiplyAdd(c.R12, z, c.Ty)));
            var inverse = 1 / depth;
            float u = MathF.FusedMultiplyAdd(c.Fx, right * inverse, c.Cx), v = MathF.FusedMultiplyAdd(c.Fy, down * inverse, c.Cy);
            var half = MathF.Min(MathF.Max(c.HalfSizeFactor * cloud.Diameters[i] * inverse, MinHalf), c.MaxHalf);
            float x0 = MathF.Ceiling(u - half), x1 = MathF.Ceiling(u + half), y0 = MathF.Ceiling(v - half), y1 = MathF.Ceiling(v + half);
            if (!(x1 > 0 && y1 > 0 && x0 < c.Width && y0 < c.Height)) continue;
            seen[count++] = new(Pack(depth, cloud.Colours[i]), (int)MathF.Max(x0, 0), (int)MathF.Min(x1, c.Width), (int)MathF.Max(y0, 0), (int)MathF.Min(y1, c.Height));
        }

        return count;
    }

    /// <inheritdoc cref="Scalar"/>
    public static int Vectorised(PointCloud cloud, int first, int end, in SplatCamera c, Span<Footprint> seen)
    {
        Span<int> x0s = stackalloc int[8], x1s = stackalloc int[8], y0s = stackalloc int[8], y1s = stackalloc int[8];
        Span<float> depths = stackalloc float[8];
        Vector256<float> zero = Vector256<float>.Zero, width = Vector256.Create((float)c.Width), height = Vector256.Create((float)c.Height);
        int i = first, count = 0;
        for (; i + 8 <= end; i += 8)
        {
            var x = Load(cloud.X, i);
            var y = Load(cloud.Y, i);
            var z = Load(cloud.Z, i);
            var depth = Row(c.R20, c.R21, c.R22, c.Tz, x, y, z);
            var mask = Vector256.GreaterThan(depth, Vector256.Create(c.Near)) & Vector256.LessThan(depth, Vector256.Create(c.Far));
            if (mask == zero) continue;
            var inverse = Vector256<float>.One / depth;
            var u = Vector256.FusedMultiplyAdd(Vector256.Create(c.Fx), Row(c.R00, c.R01, c.R02, c.Tx, x, y, z) * inverse, Vector256.Create(c.Cx));
            var v = Vector256.FusedMultiplyAdd(Vector256.Create(c.Fy), Row(c.R10, c.R11, c.R12, c.Ty, x, y, z) * inverse, Vector256.Create(c.Cy));
            var half = Vector256.Create(c.HalfSizeFactor) * Load(cloud.Diameters, i) * inverse;
            half = Vector256.Min(Vector256.Max(half, Vector256.Create(MinHalf)), Vector256.Create(c.MaxHalf));
            Vector256<float> x0 = Vector256.Ceiling(u - half), x1 = Vector256.Ceiling(u + half);
            Vector256<float> y0 = Vector256.Ceiling(v - half), y1 = Vector256.Ceiling(v + half);
            mask &= Vector256.GreaterThan(x1, zero) & Vector256.GreaterThan(y1, zero) & Vector256.LessThan(x0, width) & Vector256.LessThan(y0, height);
            var bits = mask.ExtractMostSignificantBits();
            if (bits == 0) continue;
            Vector256.ConvertToInt32(Vector256.Max(x0, zero)).CopyTo(x0s);
            Vector256.ConvertToInt32(Vector256.Min(x1, width)).CopyTo(x1s);
            Vector256.ConvertToInt32(Vector256.Max(y0, zero)).CopyTo(y0s);
            Vector256.ConvertToInt32(Vector256.Min(y1, height)).CopyTo(y1s);
            depth.CopyTo(depths);
            for (; bits != 0; bits &= bits - 1)
            {
                var k = BitOperations.TrailingZeroCount(bits);
                seen[count++] = new(Pack(depths[k], cloud.Colours[i + k]), x0s[k], x1s[k], y0s[k], y1s[k]);
            }
        }

        return count + Scalar(cloud, i, end, c, seen[count..]);
    }

    private static ulong Pack(float depth, uint colour) => ((ulong)BitConverter.SingleToUInt32Bits(depth) << 32) | colour;

    private static Vector256<float> Load(float[] values, int index) => Vector256.LoadUnsafe(ref values[index]);

    private static Vector256<float> Row(float a, float b, float c, float t, Vector256<float> x, Vector256<float> y, Vector256<float> z) =>
        Vector256.FusedMultiplyAdd(Vector256.Create(a), x, Vector256.FusedMultiplyAdd(Vector256.Create(b), y,
            Vector256.FusedMultiplyAdd(Vector256.Create(c), z, Vector256.Create(t))));
}
