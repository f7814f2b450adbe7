using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Flow;

/// <summary>Bilinear lookup in flow fields, pixel centres at integers.</summary>
internal static class FlowSampling
{
    /// <summary>The flow at (<paramref name="x"/>, <paramref name="y"/>); coordinates are clamped to the picture.</summary>
    public static (float U, float V) At(Raster<float> flow, float x, float y)
    {
        int w = flow.Width, h = flow.Height;
        x = Math.Clamp(x, 0, w - 1);
        y = Math.Clamp(y, 0, h - 1);
        int x0 = (int)x, y0 = (int)y;
        int x1 = Math.Min(x0 + 1, w - 1), y1 = Math.Min(y0 + 1, h - 1);
        float fx = x - x0, fy = y - y0;
        var s = flow.Samples;
        int a = ((y0 * w) + x0) * 2, b = ((y0 * w) + x1) * 2, c = ((y1 * w) + x0) * 2, d = ((y1 * w) + x1) * 2;
        float wa = (1 - fx) * (1 - fy), wb = fx * (1 - fy), wc = (1 - fx) * fy, wd = fx * fy;
        return ((wa * s[a]) + (wb * s[b]) + (wc * s[c]) + (wd * s[d]),
            (wa * s[a + 1]) + (wb * s[b + 1]) + (wc * s[c + 1]) + (wd * s[d + 1]));
    }

    /// <summary>One channel of <paramref name="image"/> at (x, y), clamped to the picture.</summary>
    public static float Scalar(Raster<float> image, float x, float y)
    {
        int w = image.Width, h = image.Height;
        x = Math.Clamp(x, 0, w - 1);
        y = Math.Clamp(y, 0, h - 1);
        int x0 = (int)x, y0 = (int)y;
        int x1 = Math.Min(x0 + 1, w - 1), y1 = Math.Min(y0 + 1, h - 1);
        float fx = x - x0, fy = y - y0;
        var s = image.Samples;
        return ((1 - fy) * (((1 - fx) * s[(y0 * w) + x0]) + (fx * s[(y0 * w) + x1])))
            + (fy * (((1 - fx) * s[(y1 * w) + x0]) + (fx * s[(y1 * w) + x1])));
    }

    /// <summary>
    /// The flow that follows <paramref name="first"/> (frame a to b) and then <paramref name="second"/> (b to c), on a's grid:
    /// first(p) + second(p + first(p)).
    /// </summary>
    public static Raster<float> Compose(Raster<float> first, Raster<float> second)
    {
        var result = new Raster<float>(first.Width, first.Height, 2);
        Parallel.For(0, first.Height, y =>
        {
            var from = first.Row(y);
            var to = result.Row(y);
            for (var x = 0; x < first.Width; x++)
            {
                float u = from[2 * x], v = from[(2 * x) + 1];
                var (du, dv) = At(second, x + u, y + v);
                to[2 * x] = u + du;
                to[(2 * x) + 1] = v + dv;
            }
        });
        return result;
    }

    /// <summary>Multiplies du by <paramref name="sx"/> and dv by <paramref name="sy"/> in place, after a change of size.</summary>
    public static Raster<float> Scale(Raster<float> flow, float sx, float sy)
    {
        var s = flow.Samples;
        for (var i = 0; i < s.Length; i += 2)
        {
            s[i] *= sx;
            s[i + 1] *= sy;
        }

        return flow;
    }
}
