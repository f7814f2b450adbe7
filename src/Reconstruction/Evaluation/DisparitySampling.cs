using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>Depth between pixels, interpolated as inverse depth, which is exact on planes.</summary>
internal static class DisparitySampling
{
    /// <summary>Neighbouring pixels whose depths differ by more than this factor belong to different surfaces.</summary>
    private const double SurfaceRatio = 1.1;

    /// <summary>Depth at (u, v), NaN outside the picture or beside an unusable pixel.</summary>
    public static double At(Raster<float> depth, double u, double v)
    {
        if (!(u >= 0 && v >= 0 && u <= depth.Width - 1 && v <= depth.Height - 1)) return double.NaN;
        int x = Math.Min((int)u, Math.Max(0, depth.Width - 2)), y = Math.Min((int)v, Math.Max(0, depth.Height - 2));
        int x1 = Math.Min(x + 1, depth.Width - 1), y1 = Math.Min(y + 1, depth.Height - 1);
        double a = u - x, b = v - y;
        var s = depth.Samples;
        int row = y * depth.Width, row1 = y1 * depth.Width;
        float d00 = s[row + x], d01 = s[row + x1], d10 = s[row1 + x], d11 = s[row1 + x1];
        if (!(ClipAlignment.Usable(d00) && ClipAlignment.Usable(d01) && ClipAlignment.Usable(d10) && ClipAlignment.Usable(d11)))
            return double.NaN;
        return 1 / (((1 - b) * (((1 - a) / d00) + (a / d01))) + (b * (((1 - a) / d10) + (a / d11))));
    }

    /// <summary>
    /// Depth at (u, v) without mixing surfaces: as <see cref="At"/> where the four pixels around it belong to one, else the nearest pixel's.
    /// </summary>
    public static double OnSurface(Raster<float> depth, double u, double v)
    {
        if (!(u >= 0 && v >= 0 && u <= depth.Width - 1 && v <= depth.Height - 1)) return double.NaN;
        int x = (int)u, y = (int)v, x1 = Math.Min(x + 1, depth.Width - 1), y1 = Math.Min(y + 1, depth.Height - 1);
        float d00 = depth[x, y], d10 = depth[x1, y], d01 = depth[x, y1], d11 = depth[x1, y1];
        var near = Math.Min(Math.Min(d00, d10), Math.Min(d01, d11));
        var far = Math.Max(Math.Max(d00, d10), Math.Max(d01, d11));
        return far <= near * SurfaceRatio ? At(depth, u, v) : depth[(int)Math.Round(u), (int)Math.Round(v)];
    }

    /// <summary>A depth map at another size: pixel edges on pixel edges, bilinear in inverse depth; the same map when the size is right.</summary>
    public static Raster<float> Resize(Raster<float> depth, int width, int height)
    {
        if (depth.Width == width && depth.Height == height) return depth;
        var result = new Raster<float>(width, height);
        double sx = (double)depth.Width / width, sy = (double)depth.Height / height;
        Parallel.For(0, height, y =>
        {
            var v = Math.Clamp(((y + 0.5) * sy) - 0.5, 0, depth.Height - 1);
            for (var x = 0; x < width; x++)
                result[x, y] = (float)At(depth, Math.Clamp(((x + 0.5) * sx) - 0.5, 0, depth.Width - 1), v);
        });
        return result;
    }
}
