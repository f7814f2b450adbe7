using System.Runtime.Intrinsics;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Splatting;

/// <summary>Places and sizes of a depth map's points, four pixels of a row at a time, in double precision.</summary>
internal sealed class DepthPoints
{
    /// <summary>Cosine below which a slope is taken for a jump between two surfaces, and the pixel as facing the camera.</summary>
    private const double MinFacing = 0.06;

    private const int Lanes = 4;

    private readonly Raster<float> _depth;
    private readonly Intrinsics _intrinsics;
    private readonly RigidTransform _worldFromCam;
    private readonly double[] _right;

    public DepthPoints(Raster<float> depth, Intrinsics intrinsics, RigidTransform worldFromCam)
    {
        (_depth, _intrinsics, _worldFromCam) = (depth, intrinsics, worldFromCam);
        _right = new double[depth.Width + Lanes];
        for (var x = 0; x < depth.Width; x++) _right[x] = (x - intrinsics.Cx) / intrinsics.Fx;
    }

    /// <summary>Sets the points of a row.</summary>
    /// <param name="pixels">Of the whole map; all of this row.</param>
    /// <param name="first">Place of the row's first point in the cloud.</param>
    public void Set(int y, ReadOnlySpan<int> pixels, PointCloud cloud, int first)
    {
        int width = _depth.Width, padded = width + (2 * Lanes);
        Span<float> maps = stackalloc float[padded <= 4096 ? 4 * padded : 0];
        if (maps.IsEmpty) maps = new float[4 * padded];
        Span<float> above = maps[..padded], here = maps.Slice(padded, padded), below = maps.Slice(2 * padded, padded), depths = maps[(3 * padded)..];
        Invert(y - 1, above);
        Invert(y, here);
        Invert(y + 1, below);
        depths.Clear();
        _depth.Row(y).CopyTo(depths[Lanes..]);
        Span<float> four = stackalloc float[4 * Lanes];
        for (var k = 0; k < pixels.Length;)
        {
            var x = pixels[k] - (y * width);
            var (px, py, pz, diameter) = Four(x, y, above, here, below, depths);
            var at = first + k;
            if (k + Lanes <= pixels.Length && pixels[k + Lanes - 1] == pixels[k] + Lanes - 1)
            {
                px.CopyTo(cloud.X, at);
                py.CopyTo(cloud.Y, at);
                pz.CopyTo(cloud.Z, at);
                diameter.CopyTo(cloud.Diameters, at);
                k += Lanes;
                continue;
            }

            px.CopyTo(four);
            py.CopyTo(four[Lanes..]);
            pz.CopyTo(four[(2 * Lanes)..]);
            diameter.CopyTo(four[(3 * Lanes)..]);
            for (var end = pixels[k] + Lanes; k < pixels.Length && pixels[k] < end; k++)
            {
                var lane = pixels[k] - (y * width) - x;
                (cloud.X[first + k], cloud.Y[first + k], cloud.Z[first + k]) = (four[lane], four[Lanes + lane], four[(2 * Lanes) + lane]);
                cloud.Diameters[first + k] = four[(3 * Lanes) + lane];
            }
        }
    }

    /// <summary>
    /// Of a pixel and the next three the places, and the side of a square with the area that the pixel covers on its surface. On a plane inverse depth
    /// is linear in the pixel, and its slopes are the plane's normal; of the slopes to either side the smaller one is taken, which keeps edges out.
    /// </summary>
    private (Vector128<float> X, Vector128<float> Y, Vector128<float> Z, Vector128<float> Diameter) Four(
        int x, int y, ReadOnlySpan<float> above, ReadOnlySpan<float> here, ReadOnlySpan<float> below, ReadOnlySpan<float> depths)
    {
        var at = x + Lanes;
        Vector256<double> z = Load(depths, at), inverse = Load(here, at), one = Vector256<double>.One;
        Vector256<double> u = Vector256.LoadUnsafe(ref _right[x]), v = Vector256.Create((y - _intrinsics.Cy) / _intrinsics.Fy);
        var a = Slope(Load(here, at - 1), inverse, Load(here, at + 1)) * _intrinsics.Fx;
        var b = Slope(Load(above, at), inverse, Load(below, at)) * _intrinsics.Fy;
        var c = inverse - (a * u) - (b * v);
        var facing = inverse / Vector256.Sqrt(((a * a) + (b * b) + (c * c)) * ((u * u) + (v * v) + one));
        facing = Vector256.ConditionalSelect(Vector256.LessThan(facing, Vector256.Create(MinFacing)), one, facing);
        var diameter = z / Vector256.Create(_intrinsics.Fx) / Vector256.Sqrt(facing);
        Vector256<double> cx = u * z, cy = v * z;
        var (r, t) = (_worldFromCam.Rotation, _worldFromCam.Translation);
        return (Single((cx * r.M00) + (cy * r.M01) + (z * r.M02) + Vector256.Create(t.X)),
            Single((cx * r.M10) + (cy * r.M11) + (z * r.M12) + Vector256.Create(t.Y)),
            Single((cx * r.M20) + (cy * r.M21) + (z * r.M22) + Vector256.Create(t.Z)), Single(diameter));
    }

    private static Vector256<double> Slope(Vector256<double> before, Vector256<double> here, Vector256<double> after)
    {
        var none = Vector256.Create(double.MaxValue);
        var a = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(before, Vector256<double>.Zero), here - before, none);
        var b = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(after, Vector256<double>.Zero), after - here, none);
        var slope = Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(a), Vector256.Abs(b)), a, b);
        return Vector256.ConditionalSelect(Vector256.Equals(slope, none), Vector256<double>.Zero, slope);
    }

    /// <summary>1/z of a row between open places; -1 where depth is not positive.</summary>
    private void Invert(int y, Span<float> row)
    {
        row.Fill(-1);
        if (y < 0 || y >= _depth.Height) return;
        var depths = _depth.Row(y);
        var x = 0;
        for (; x + Vector256<float>.Count <= depths.Length; x += Vector256<float>.Count)
        {
            var z = Vector256.Create<float>(depths[x..]);
            var inverse = Vector256<float>.One / z;
            Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<float>.Zero), inverse, Vector256.Create(-1f)).CopyTo(row[(x + Lanes)..]);
        }

        for (; x < depths.Length; x++) row[x + Lanes] = depths[x] > 0 ? 1 / depths[x] : -1;
    }

    private static Vector256<double> Load(ReadOnlySpan<float> values, int at) => Vector256.WidenLower(Vector128.Create(values.Slice(at, Lanes)).ToVector256Unsafe());

    private static Vector128<float> Single(Vector256<double> values) => Vector256.Narrow(values, values).GetLower();
}
