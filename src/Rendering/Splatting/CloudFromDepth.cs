using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Splatting;

/// <summary>Turns a frame and its depth into points of the world (spec 7).</summary>
public static class CloudFromDepth
{
    /// <summary>Cosine below which a slope is taken for a jump between two surfaces, and the pixel as facing the camera.</summary>
    private const double MinFacing = 0.06;

    /// <param name="rgb">Three channels, the depth's size.</param>
    /// <param name="depth">z; what is not positive and finite gives no point.</param>
    /// <param name="intrinsics">At the depth's size.</param>
    /// <param name="keep">Pixels to use; all when null.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static PointCloud Make(Raster<byte> rgb, Raster<float> depth, Intrinsics intrinsics, RigidTransform camFromWorld, bool[]? keep = null)
    {
        if (rgb.Width != depth.Width || rgb.Height != depth.Height || rgb.Channels != 3)
            throw new ArgumentException($"{rgb.Width}x{rgb.Height}x{rgb.Channels} colours for {depth.Width}x{depth.Height} depths");
        if (intrinsics.Width != depth.Width || intrinsics.Height != depth.Height)
            throw new ArgumentException($"intrinsics for {intrinsics.Width}x{intrinsics.Height}, depth is {depth.Width}x{depth.Height}");
        var used = new List<int>(depth.PixelCount);
        for (var i = 0; i < depth.PixelCount; i++)
            if ((keep is null || keep[i]) && depth.Samples[i] > 0 && float.IsFinite(depth.Samples[i])) used.Add(i);
        var n = used.Count;
        int[] pixels = [.. used];
        var cloud = new PointCloud(new float[n], new float[n], new float[n], new float[n], new uint[n]) { Grid = new(pixels, intrinsics, camFromWorld) };
        var worldFromCam = camFromWorld.Inverse();
        const int block = 4096;
        Parallel.For(0, (n + block - 1) / block, b =>
        {
            for (var k = b * block; k < Math.Min((b + 1) * block, n); k++) Set(k, pixels[k]);
        });
        return cloud;

        void Set(int k, int i)
        {
            var z = depth.Samples[i];
            var point = worldFromCam.Apply(intrinsics.Unproject(i % depth.Width, i / depth.Width, z));
            (cloud.X[k], cloud.Y[k], cloud.Z[k]) = ((float)point.X, (float)point.Y, (float)point.Z);
            cloud.Diameters[k] = Diameter(depth, intrinsics, i % depth.Width, i / depth.Width);
            cloud.Colours[k] = ((uint)rgb.Samples[3 * i] << 16) | ((uint)rgb.Samples[(3 * i) + 1] << 8) | rgb.Samples[(3 * i) + 2];
        }
    }

    /// <summary>
    /// Side of a square with the area that the pixel covers on its surface. On a plane inverse depth is linear in the pixel, and its slopes
    /// are the plane's normal; of the slopes to either side the smaller one is taken, which keeps edges out.
    /// </summary>
    private static float Diameter(Raster<float> depth, Intrinsics k, int x, int y)
    {
        double here = 1 / depth[x, y], a = Slope(depth, x, y, 1, 0, here) * k.Fx, b = Slope(depth, x, y, 0, 1, here) * k.Fy;
        double u = (x - k.Cx) / k.Fx, v = (y - k.Cy) / k.Fy, c = here - (a * u) - (b * v);
        var facing = here / Math.Sqrt(((a * a) + (b * b) + (c * c)) * ((u * u) + (v * v) + 1));
        return (float)(depth[x, y] / k.Fx / Math.Sqrt(facing < MinFacing ? 1 : facing));
    }

    private static double Slope(Raster<float> depth, int x, int y, int dx, int dy, double here)
    {
        var before = x >= dx && y >= dy && depth[x - dx, y - dy] is > 0 and var p ? here - (1 / p) : double.MaxValue;
        var after = x + dx < depth.Width && y + dy < depth.Height && depth[x + dx, y + dy] is > 0 and var q ? (1 / q) - here : double.MaxValue;
        var slope = Math.Abs(before) < Math.Abs(after) ? before : after;
        return slope == double.MaxValue ? 0 : slope;
    }
}
