using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>
/// Normals of a depth map, towards the camera, in camera axes: a plane is fitted to inverse depth around each pixel, of which a plane in space is a
/// linear function; neighbours on other surfaces do not count.
/// </summary>
internal static class SurfaceNormals
{
    /// <summary>A neighbour whose inverse depth differs by this share counts with weight exp(-1).</summary>
    private const float SameSurfaceShare = 0.04f;

    private const int WidthPerRadius = 80, Taps = 4;

    public static Vector3[] Make(Raster<float> depth, Intrinsics intrinsics)
    {
        int width = depth.Width, height = depth.Height;
        var stride = Math.Max(1, width / (WidthPerRadius * Taps));
        var inverse = new float[depth.PixelCount];
        for (var i = 0; i < inverse.Length; i++) inverse[i] = 1 / depth.Samples[i];
        var normals = new Vector3[inverse.Length];
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var (across, down) = Slope(inverse, width, height, x, y, stride);
                float nx = (float)intrinsics.Fx * across, ny = (float)intrinsics.Fy * down;
                var nz = inverse[(y * width) + x] - (nx * (float)((x - intrinsics.Cx) / intrinsics.Fx)) - (ny * (float)((y - intrinsics.Cy) / intrinsics.Fy));
                normals[(y * width) + x] = -Vector3.Normalize(new Vector3(nx, ny, nz));
            }
        });
        return normals;
    }

    /// <summary>Weighted least squares for d = d0 + a dx + b dy through the pixel's weighted mean.</summary>
    private static (float Across, float Down) Slope(float[] inverse, int width, int height, int x, int y, int stride)
    {
        var own = inverse[(y * width) + x];
        var scale = 1 / (SameSurfaceShare * own);
        double w = 0, wx = 0, wy = 0, wd = 0, xx = 0, xy = 0, yy = 0, xd = 0, yd = 0;
        for (var j = -Taps; j <= Taps; j++)
        {
            var v = y + (j * stride);
            if ((uint)v >= (uint)height) continue;
            for (var i = -Taps; i <= Taps; i++)
            {
                var u = x + (i * stride);
                if ((uint)u >= (uint)width) continue;
                var d = inverse[(v * width) + u] - own;
                var off = d * scale;
                var weight = 1 / (1 + (off * off * off * off));
                w += weight;
                wx += weight * i;
                wy += weight * j;
                wd += weight * d;
                xx += weight * i * i;
                xy += weight * i * j;
                yy += weight * j * j;
                xd += weight * i * d;
                yd += weight * j * d;
            }
        }

        xx -= wx * wx / w;
        xy -= wx * wy / w;
        yy -= wy * wy / w;
        xd -= wx * wd / w;
        yd -= wy * wd / w;
        var determinant = (xx * yy) - (xy * xy);
        return determinant < 1e-3
            ? (0, 0)
            : ((float)(((xd * yy) - (yd * xy)) / determinant / stride), (float)(((yd * xx) - (xd * xy)) / determinant / stride));
    }
}
