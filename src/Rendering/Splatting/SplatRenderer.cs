using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

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
        if (options.Supersampling is < 1 or > 4) throw new ArgumentException($"1 to 4 samples per axis, not {options.Supersampling}", nameof(options));
        var fine = intrinsics.ScaledTo(intrinsics.Width * options.Supersampling, intrinsics.Height * options.Supersampling);
        return Resolve(Draw(cloud, new SplatCamera(fine, camFromWorld, options), options), intrinsics, options);
    }

    private static ulong[] Draw(PointCloud cloud, SplatCamera camera, SplatOptions options)
    {
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        threads = Math.Clamp(cloud.Count / PointsPerThread, 1, threads);
        var buffers = new ulong[threads][];
        Parallel.For(0, threads, t =>
        {
            buffers[t] = GC.AllocateUninitializedArray<ulong>(camera.Width * camera.Height);
            buffers[t].AsSpan().Fill(SplatKernel.Empty);
            var (first, end) = ((int)((long)cloud.Count * t / threads), (int)((long)cloud.Count * (t + 1) / threads));
            if (options.Vectorised) SplatKernel.Vectorised(cloud, first, end, camera, buffers[t]);
            else SplatKernel.Scalar(cloud, first, end, camera, buffers[t]);
        });
        if (threads == 1) return buffers[0];
        Parallel.For(0, camera.Height, y =>
        {
            for (var t = 1; t < threads; t++)
                SplatKernel.Merge(buffers[0].AsSpan(y * camera.Width, camera.Width), buffers[t].AsSpan(y * camera.Width, camera.Width));
        });
        return buffers[0];
    }

    private static Raster<byte> Resolve(ulong[] buffer, Intrinsics intrinsics, SplatOptions options)
    {
        var rgb = new Raster<byte>(intrinsics.Width, intrinsics.Height, 3);
        int n = options.Supersampling, stride = intrinsics.Width * n;
        for (var y = 0; y < rgb.Height; y++)
        for (var x = 0; x < rgb.Width; x++)
        {
            uint r = 0, g = 0, b = 0;
            for (var sy = 0; sy < n; sy++)
            for (var sx = 0; sx < n; sx++)
            {
                var value = buffer[(((y * n) + sy) * stride) + (x * n) + sx];
                var colour = value == SplatKernel.Empty ? options.Background : (uint)value;
                r += (colour >> 16) & 255;
                g += (colour >> 8) & 255;
                b += colour & 255;
            }

            uint count = (uint)(n * n), round = count / 2;
            rgb[x, y, 0] = (byte)((r + round) / count);
            rgb[x, y, 1] = (byte)((g + round) / count);
            rgb[x, y, 2] = (byte)((b + round) / count);
        }

        return rgb;
    }
}
