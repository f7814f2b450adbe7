using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>
/// Whether a camera stands, told by what never changes. A small shift d changes a patch by g·d, g its gradient, so the variance of the change within the
/// patch is dᵀ C d, C the covariance of the gradient, and its square root over that of C's smaller eigenvalue is at least |d|; a change of brightness adds
/// nothing. Where that stays small all the time, the camera stands, whatever water or leaves do in the rest of the picture.
/// </summary>
internal static class CalmPatches
{
    private const int Side = 7, Pixels = Side * Side, Step = 4, MostFrames = 40;

    /// <summary>Patches with less structure than this many grey levels per pixel, in their plainest direction, tell nothing.</summary>
    private const double LeastStructure = 5;

    /// <param name="grey">Frames of a clip; at most 40 of them, evenly spread, are looked at.</param>
    /// <param name="middle">The frame the others are compared with.</param>
    /// <param name="pixels">The shift that counts as none.</param>
    /// <returns>Share of the patches with structure that never moved farther; 0 where there is none.</returns>
    public static double Share(IReadOnlyList<Raster<byte>> grey, int middle, double pixels)
    {
        var picture = grey[middle];
        var others = Enumerable.Range(0, MostFrames).Select(i => i * (grey.Count - 1) / (MostFrames - 1)).Distinct().Select(t => grey[t]).ToArray();
        var (patches, calm) = (0, 0);
        for (var y = 1; y + Side < picture.Height; y += Step)
        {
            for (var x = 1; x + Side < picture.Width; x += Step)
            {
                var structure = Structure(picture, x, y);
                if (structure < LeastStructure * LeastStructure) continue;
                patches++;
                if (others.All(other => Change(picture, other, x, y) <= pixels * pixels * structure)) calm++;
            }
        }

        return patches == 0 ? 0 : (double)calm / patches;
    }

    /// <summary>Smaller eigenvalue of the gradient's covariance.</summary>
    private static double Structure(Raster<byte> picture, int left, int top)
    {
        double sx = 0, sy = 0, xx = 0, xy = 0, yy = 0;
        for (var y = top; y < top + Side; y++)
        {
            for (var x = left; x < left + Side; x++)
            {
                double gx = (picture[x + 1, y] - picture[x - 1, y]) / 2.0, gy = (picture[x, y + 1] - picture[x, y - 1]) / 2.0;
                (sx, sy, xx, xy, yy) = (sx + gx, sy + gy, xx + (gx * gx), xy + (gx * gy), yy + (gy * gy));
            }
        }

        (xx, xy, yy) = (xx - (sx * sx / Pixels), xy - (sx * sy / Pixels), yy - (sy * sy / Pixels));
        return (((xx + yy) / 2) - Math.Sqrt((((xx - yy) / 2) * ((xx - yy) / 2)) + (xy * xy))) / Pixels;
    }

    /// <summary>Variance of the difference.</summary>
    private static double Change(Raster<byte> a, Raster<byte> b, int left, int top)
    {
        int sum = 0, squares = 0;
        for (var y = top; y < top + Side; y++)
        {
            for (var x = left; x < left + Side; x++)
            {
                var difference = a[x, y] - b[x, y];
                sum += difference;
                squares += difference * difference;
            }
        }

        return (squares - ((double)sum * sum / Pixels)) / Pixels;
    }
}
