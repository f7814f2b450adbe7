using Depth3D.Imaging;

namespace Depth3D.Rendering.Views;

/// <summary>
/// Takes the nearer object's colour out of pixels that lie behind its edge: a camera mixes both there, and from another place the mixture would
/// stay on the background as a seam.
/// </summary>
internal static class EdgeColours
{
    /// <summary>How far to look for pure pixels of the same surface.</summary>
    private const int Reach = 2;

    public static Raster<byte> Clean(Raster<byte> rgb, DepthJumps jumps)
    {
        var mixed = jumps.Beside(farSide: true);
        var clean = rgb.Clone();
        Parallel.For(0, rgb.Height, y =>
        {
            for (var x = 0; x < rgb.Width; x++)
                if (mixed[(y * rgb.Width) + x]) Replace(rgb, clean, jumps, mixed, x, y);
        });
        return clean;
    }

    private static void Replace(Raster<byte> rgb, Raster<byte> clean, DepthJumps jumps, bool[] mixed, int x, int y)
    {
        int r = 0, g = 0, b = 0, weights = 0, here = (y * rgb.Width) + x;
        for (var v = Math.Max(y - Reach, 0); v <= Math.Min(y + Reach, rgb.Height - 1); v++)
            for (var u = Math.Max(x - Reach, 0); u <= Math.Min(x + Reach, rgb.Width - 1); u++)
            {
                var i = (v * rgb.Width) + u;
                if (mixed[i] || !jumps.Together(i, here)) continue;
                var weight = 9 - ((u - x) * (u - x)) - ((v - y) * (v - y));
                r += weight * rgb.Samples[3 * i];
                g += weight * rgb.Samples[(3 * i) + 1];
                b += weight * rgb.Samples[(3 * i) + 2];
                weights += weight;
            }

        if (weights == 0) return;
        (clean[x, y, 0], clean[x, y, 1], clean[x, y, 2]) = ((byte)(r / weights), (byte)(g / weights), (byte)(b / weights));
    }
}
