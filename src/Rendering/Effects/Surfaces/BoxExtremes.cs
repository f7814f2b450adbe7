using Depth3D.Imaging;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>Smallest and largest values over squares, at a cost that does not grow with them (van Herk 1992, Gil and Werman 1993).</summary>
internal static class BoxExtremes
{
    /// <param name="radius">The square has 2 radius + 1 pixels per side and ends at the border.</param>
    public static Raster<float> Max(Raster<float> image, int radius) => Run(image, radius, 1);

    public static Raster<float> Min(Raster<float> image, int radius) => Run(image, radius, -1);

    private static Raster<float> Run(Raster<float> image, int radius, float sign)
    {
        int width = image.Width, height = image.Height;
        var across = new Raster<float>(width, height);
        Parallel.For(0, height, y =>
        {
            var line = new float[width];
            for (var x = 0; x < width; x++) line[x] = sign * image[x, y];
            Line(line, radius, across.Row(y));
        });
        var result = new Raster<float>(width, height);
        Parallel.For(0, width, x =>
        {
            var line = new float[height];
            var best = new float[height];
            for (var y = 0; y < height; y++) line[y] = across[x, y];
            Line(line, radius, best);
            for (var y = 0; y < height; y++) result[x, y] = sign * best[y];
        });
        return result;
    }

    private static void Line(float[] line, int radius, Span<float> best)
    {
        int size = (2 * radius) + 1, padded = line.Length + (2 * radius);
        var forward = new float[padded];
        var backward = new float[padded];
        float At(int i) => i >= radius && i < radius + line.Length ? line[i - radius] : float.NegativeInfinity;
        for (var i = 0; i < padded; i++) forward[i] = i % size == 0 ? At(i) : Math.Max(forward[i - 1], At(i));
        for (var i = padded - 1; i >= 0; i--) backward[i] = i == padded - 1 || (i + 1) % size == 0 ? At(i) : Math.Max(backward[i + 1], At(i));
        for (var i = 0; i < line.Length; i++) best[i] = Math.Max(backward[i], forward[i + size - 1]);
    }
}
