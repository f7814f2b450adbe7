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
        Bands(cloud, intrinsics, camFromWorld, options)
            .Draw((samples, y) => SplatResolve.Row(samples, rgb, y, options.Supersampling, options.Background));
        return rgb;
    }

    /// <summary>The points alone: open where none falls.</summary>
    internal static ViewLayer Layer(PointCloud cloud, Intrinsics intrinsics, RigidTransform camFromWorld, SplatOptions options)
    {
        var layer = new ViewLayer(intrinsics.Width, intrinsics.Height);
        Bands(cloud, intrinsics, camFromWorld, options).Draw((samples, y) => SplatResolve.Row(samples, layer, y, options.Supersampling));
        return layer;
    }

    private static SplatBands Bands(PointCloud cloud, Intrinsics intrinsics, RigidTransform camFromWorld, SplatOptions options)
    {
        var n = options.Supersampling;
        if (n is < 1 or > 4) throw new ArgumentException($"1 to 4 samples per axis, not {n}", nameof(options));
        var fine = intrinsics.ScaledTo(intrinsics.Width * n, intrinsics.Height * n);
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        return new(cloud, new SplatCamera(fine, camFromWorld, options), n, options.Vectorised, Math.Clamp(cloud.Count / PointsPerThread, 1, threads));
    }
}
