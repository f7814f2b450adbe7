using System.Numerics;
using Depth3D.Imaging;

namespace Depth3D.Rendering.Views;

/// <summary>Neighbourhoods of masks and depth maps.</summary>
internal static class Masks
{
    /// <summary>255 within <paramref name="pixels"/> columns and rows of a pixel that is not 0.</summary>
    public static Raster<byte> Widened(Raster<byte> mask, int pixels)
    {
        int width = mask.Width, height = mask.Height;
        var rows = new Raster<byte>(width, height);
        Parallel.For(0, height, y =>
        {
            var row = rows.Row(y);
            for (var x = 0; x < width; x++)
                if (mask[x, y] != 0) row[Math.Max(x - pixels, 0)..Math.Min(x + pixels + 1, width)].Fill(255);
        });
        var wide = new Raster<byte>(width, height);
        Parallel.For(0, height, y =>
        {
            for (var v = Math.Max(y - pixels, 0); v <= Math.Min(y + pixels, height - 1); v++) Join(rows.Row(v), wide.Row(y));
        });
        return wide;
    }

    private static void Join(ReadOnlySpan<byte> from, Span<byte> into)
    {
        var x = 0;
        for (; x + Vector<byte>.Count <= into.Length; x += Vector<byte>.Count) (new Vector<byte>(from[x..]) | new Vector<byte>(into[x..])).CopyTo(into[x..]);
        for (; x < into.Length; x++) into[x] |= from[x];
    }

    /// <summary>The least depth among a pixel and its eight neighbours.</summary>
    public static Raster<float> Nearest(Raster<float> depth)
    {
        var nearest = new Raster<float>(depth.Width, depth.Height);
        Parallel.For(0, depth.Height, y =>
        {
            for (var x = 0; x < depth.Width; x++)
            {
                var least = float.PositiveInfinity;
                for (var v = Math.Max(y - 1, 0); v <= Math.Min(y + 1, depth.Height - 1); v++)
                    for (var u = Math.Max(x - 1, 0); u <= Math.Min(x + 1, depth.Width - 1); u++) least = Math.Min(least, depth[u, v]);
                nearest[x, y] = least;
            }
        });
        return nearest;
    }
}
