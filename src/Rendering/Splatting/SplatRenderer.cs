using System.Buffers;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Splatting;

/// <summary>
/// Renders point clouds: every point is a square that faces the camera, as wide as its source pixel looks from there, the nearest one wins.
/// The same points give the same bytes in any order and with any number of threads.
/// </summary>
public static class SplatRenderer
{
    /// <summary>Below this many points a further thread costs more than it brings.</summary>
    private const int PointsPerThread = 20_000;

    /// <param name="intrinsics">Of the view; its size is the picture's.</param>
    public static Raster<byte> Render(PointCloud cloud, Intrinsics intrinsics, RigidTransform camFromWorld, SplatOptions? options = null)
    {
        options ??= new();
        var rgb = new Raster<byte>(intrinsics.Width, intrinsics.Height, 3);
        Draw(cloud, intrinsics, camFromWorld, options, (buffers, stride, y) => ResolveRow(buffers, stride, rgb, y, options));
        return rgb;
    }

    /// <summary>The points alone: open where none falls.</summary>
    internal static ViewLayer Layer(PointCloud cloud, Intrinsics intrinsics, RigidTransform camFromWorld, SplatOptions options)
    {
        var layer = new ViewLayer(intrinsics.Width, intrinsics.Height);
        Draw(cloud, intrinsics, camFromWorld, options, (buffers, stride, y) => SplatResolve.Row(buffers, stride, layer, y, options.Supersampling));
        return layer;
    }

    /// <param name="resolve">Makes a row of the picture from the threads' samples, of which a row has the given number.</param>
    private static void Draw(PointCloud cloud, Intrinsics intrinsics, RigidTransform camFromWorld, SplatOptions options, Action<ulong[][], int, int> resolve)
    {
        if (options.Supersampling is < 1 or > 4) throw new ArgumentException($"1 to 4 samples per axis, not {options.Supersampling}", nameof(options));
        var fine = intrinsics.ScaledTo(intrinsics.Width * options.Supersampling, intrinsics.Height * options.Supersampling);
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        threads = Math.Clamp(cloud.Count / PointsPerThread, 1, threads);
        var buffers = new ulong[threads][];
        try
        {
            Draw(cloud, new SplatCamera(fine, camFromWorld, options), options.Vectorised, buffers);
            Parallel.For(0, intrinsics.Height, new ParallelOptions { MaxDegreeOfParallelism = threads }, y => resolve(buffers, fine.Width, y));
        }
        finally
        {
            foreach (var buffer in buffers)
                if (buffer is not null) ArrayPool<ulong>.Shared.Return(buffer);
        }
    }

    /// <summary>Each thread draws a part of the points into a buffer of its own.</summary>
    private static void Draw(PointCloud cloud, SplatCamera camera, bool vectorised, ulong[][] buffers)
    {
        var length = camera.Width * camera.Height;
        Parallel.For(0, buffers.Length, t =>
        {
            buffers[t] = ArrayPool<ulong>.Shared.Rent(length);
            var buffer = buffers[t].AsSpan(0, length);
            buffer.Fill(SplatKernel.Empty);
            int first = (int)((long)cloud.Count * t / buffers.Length), end = (int)((long)cloud.Count * (t + 1) / buffers.Length);
            if (vectorised) SplatKernel.Vectorised(cloud, first, end, camera, buffer);
            else SplatKernel.Scalar(cloud, first, end, camera, buffer);
        });
    }

    private static void ResolveRow(ulong[][] buffers, int stride, Raster<byte> rgb, int y, SplatOptions options)
    {
        var n = options.Supersampling;
        var samples = buffers[0].AsSpan(y * n * stride, n * stride);
        for (var t = 1; t < buffers.Length; t++) SplatKernel.Merge(samples, buffers[t].AsSpan(y * n * stride, n * stride));
        var row = rgb.Row(y);
        if (n == 1)
        {
            Copy(samples, row, options.Background);
            return;
        }

        uint count = (uint)(n * n), round = count / 2;
        for (var x = 0; x < rgb.Width; x++)
        {
            uint r = 0, g = 0, b = 0;
            for (var sy = 0; sy < n; sy++)
                foreach (var sample in samples.Slice((sy * stride) + (x * n), n))
                {
                    var colour = sample == SplatKernel.Empty ? options.Background : (uint)sample;
                    r += (colour >> 16) & 255;
                    g += (colour >> 8) & 255;
                    b += colour & 255;
                }

            row[3 * x] = (byte)((r + round) / count);
            row[(3 * x) + 1] = (byte)((g + round) / count);
            row[(3 * x) + 2] = (byte)((b + round) / count);
        }
    }

    private static void Copy(ReadOnlySpan<ulong> samples, Span<byte> row, uint background)
    {
        for (var x = 0; x < samples.Length; x++)
        {
            var colour = samples[x] == SplatKernel.Empty ? background : (uint)samples[x];
            row[3 * x] = (byte)(colour >> 16);
            row[(3 * x) + 1] = (byte)(colour >> 8);
            row[(3 * x) + 2] = (byte)colour;
        }
    }
}
