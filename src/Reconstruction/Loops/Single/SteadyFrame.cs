using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>A frame of a moving camera as the reference camera would have seen it (spec 9.4): points splatted with bilinear footprints, nearer ones before farther ones.</summary>
/// <param name="Rgb">Anything where not <paramref name="Valid"/>.</param>
/// <param name="Disparity">1/z in the reference camera; 0 where not valid.</param>
/// <param name="Valid">255 where something was seen.</param>
public sealed record SteadyFrame(Raster<byte> Rgb, Raster<float> Disparity, Raster<byte> Valid)
{
    /// <summary>A pixel needs this much of a footprint.</summary>
    private const double LeastWeight = 0.05;

    /// <param name="depth">z of every pixel, of the picture's size; not above 0 for holes.</param>
    /// <param name="reference">Camera of the result.</param>
    /// <param name="softness">Disparities this far apart hide each other by a factor e: a quarter of the planes' spacing.</param>
    public static SteadyFrame Of(Raster<byte> rgb, Raster<float> depth, Intrinsics camera, RigidTransform referenceFromCam, Intrinsics reference, double softness)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentNullException.ThrowIfNull(depth);
        var points = Points(depth, camera, referenceFromCam, reference);
        var nearest = Nearest(points, reference);
        var sums = new double[reference.Width * reference.Height * 5];
        for (var i = 0; i < points.Length; i++) Splat(points[i], rgb.Samples.AsSpan(i * 3, 3), nearest, softness, reference, sums);
        return Closed(Resolve(sums, reference));
    }

    private static (float U, float V, float Disparity)[] Points(Raster<float> depth, Intrinsics camera, RigidTransform referenceFromCam, Intrinsics reference)
    {
        var points = new (float, float, float)[depth.PixelCount];
        Parallel.For(0, depth.Height, y =>
        {
            for (var x = 0; x < depth.Width; x++)
            {
                if (!(depth[x, y] > 0)) continue;
                var point = referenceFromCam.Apply(camera.Unproject(x, y, depth[x, y]));
                if (point.Z <= 0) continue;
                var (u, v) = reference.Project(point);
                points[(y * depth.Width) + x] = ((float)u, (float)v, (float)(1 / point.Z));
            }
        });
        return points;
    }

    /// <summary>Largest disparity under each pixel, so that the soft weights cannot overflow.</summary>
    private static float[] Nearest((float U, float V, float Disparity)[] points, Intrinsics reference)
    {
        var nearest = new float[reference.Width * reference.Height];
        foreach (var point in points)
            for (var corner = 0; corner < 4; corner++)
                if (Footprint(point, corner, reference, out var pixel) > 0) nearest[pixel] = Math.Max(nearest[pixel], point.Disparity);
        return nearest;
    }

    private static void Splat((float U, float V, float Disparity) point, ReadOnlySpan<byte> colour, float[] nearest, double softness, Intrinsics reference, double[] sums)
    {
        for (var corner = 0; corner < 4; corner++)
        {
            var share = Footprint(point, corner, reference, out var pixel);
            if (share <= 0) continue;
            var weight = share * Math.Exp((point.Disparity - nearest[pixel]) / softness);
            for (var c = 0; c < 3; c++) sums[(pixel * 5) + c] += weight * colour[c];
            sums[(pixel * 5) + 3] += weight * point.Disparity;
            sums[(pixel * 5) + 4] += weight;
        }
    }

    /// <summary>One of the four pixels that a point falls between, and its share of the point; 0 for none.</summary>
    private static double Footprint((float U, float V, float Disparity) point, int corner, Intrinsics reference, out int pixel)
    {
        pixel = -1;
        if (point.Disparity <= 0) return 0;
        int x0 = (int)MathF.Floor(point.U), y0 = (int)MathF.Floor(point.V), x = x0 + (corner & 1), y = y0 + (corner >> 1);
        if ((uint)x >= (uint)reference.Width || (uint)y >= (uint)reference.Height) return 0;
        double fx = point.U - x0, fy = point.V - y0;
        pixel = (y * reference.Width) + x;
        return ((corner & 1) == 0 ? 1 - fx : fx) * (corner < 2 ? 1 - fy : fy);
    }

    private static SteadyFrame Resolve(double[] sums, Intrinsics reference)
    {
        var frame = new SteadyFrame(new(reference.Width, reference.Height, 3), new(reference.Width, reference.Height), new(reference.Width, reference.Height));
        for (var i = 0; i < frame.Valid.Samples.Length; i++)
        {
            var weight = sums[(i * 5) + 4];
            if (weight < LeastWeight) continue;
            frame.Valid.Samples[i] = 255;
            frame.Disparity.Samples[i] = (float)(sums[(i * 5) + 3] / weight);
            for (var c = 0; c < 3; c++) frame.Rgb.Samples[(i * 3) + c] = (byte)Math.Clamp(Math.Round(sums[(i * 5) + c] / weight), 0, 255);
        }

        return frame;
    }

    /// <summary>Holes with five valid neighbours of eight take their median, twice: what is up to two pixels wide closes, larger holes stay.</summary>
    private static SteadyFrame Closed(SteadyFrame frame)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            var before = frame.Valid.Clone();
            for (var y = 1; y < before.Height - 1; y++)
                for (var x = 1; x < before.Width - 1; x++)
                    if (before[x, y] == 0) frame.CloseAt(x, y, before);
        }

        return frame;
    }

    private void CloseAt(int x, int y, Raster<byte> before)
    {
        var around = new List<(float Disparity, int Pixel)>();
        for (var k = 0; k < 9; k++)
        {
            int u = x + (k % 3) - 1, v = y + (k / 3) - 1;
            if (before[u, v] != 0) around.Add((Disparity[u, v], (v * before.Width) + u));
        }

        if (around.Count < 5) return;
        around.Sort();
        var (disparity, pixel) = around[around.Count / 2];
        Disparity[x, y] = disparity;
        Rgb.Samples.AsSpan(pixel * 3, 3).CopyTo(Rgb.Samples.AsSpan(((y * before.Width) + x) * 3, 3));
        Valid[x, y] = 255;
    }
}
