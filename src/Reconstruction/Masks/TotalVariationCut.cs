using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Splits a picture into two by the smallest sum of per-pixel costs and boundary length: the minimum of -sum(gain u) + sum(w |u - u'|) over
/// u in [0, 1] and the 4-neighbours, which thresholded at a half is a minimum cut. Solved by the primal-dual method of Chambolle and Pock
/// (2011), which needs no graph and gives the same numbers on every run.
/// </summary>
internal static class TotalVariationCut
{
    /// <summary>Steps of the primal and dual descent; their product times the squared norm of the difference operator, 8, must not pass 1.</summary>
    private const float PrimalStep = 0.35f, DualStep = 0.35f;

    /// <param name="gain">What taking the pixel in is worth; negative costs.</param>
    /// <param name="right">Cost of a boundary between a pixel and its right neighbour; the last column is not used.</param>
    /// <param name="down">The same for the neighbour below; the last row is not used.</param>
    /// <returns>0 to 1 per pixel, mostly near the ends.</returns>
    public static Raster<float> Solve(Raster<float> gain, Raster<float> right, Raster<float> down, int iterations)
    {
        int w = gain.Width, h = gain.Height;
        float[] g = gain.Samples, wx = right.Samples, wy = down.Samples;
        float[] u = new float[w * h], ahead = new float[w * h], px = new float[w * h], py = new float[w * h];
        for (var i = 0; i < u.Length; i++) ahead[i] = u[i] = g[i] > 0 ? 1 : 0;
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            Ascend(ahead, px, py, wx, wy, w, h);
            Descend(u, ahead, px, py, g, w, h);
        }

        return new Raster<float>(w, h, 1, u);
    }

    private static void Ascend(float[] ahead, float[] px, float[] py, float[] wx, float[] wy, int w, int h)
    {
        for (var y = 0; y < h; y++)
        {
            for (int x = 0, i = y * w; x < w; x++, i++)
            {
                if (x + 1 < w) px[i] = Math.Clamp(px[i] + (DualStep * (ahead[i + 1] - ahead[i])), -wx[i], wx[i]);
                if (y + 1 < h) py[i] = Math.Clamp(py[i] + (DualStep * (ahead[i + w] - ahead[i])), -wy[i], wy[i]);
            }
        }
    }

    private static void Descend(float[] u, float[] ahead, float[] px, float[] py, float[] g, int w, int h)
    {
        for (var y = 0; y < h; y++)
        {
            for (int x = 0, i = y * w; x < w; x++, i++)
            {
                var divergence = px[i] + py[i] - (x > 0 ? px[i - 1] : 0) - (y > 0 ? py[i - w] : 0);
                var next = Math.Clamp(u[i] + (PrimalStep * (divergence + g[i])), 0, 1);
                ahead[i] = (2 * next) - u[i];
                u[i] = next;
            }
        }
    }
}
