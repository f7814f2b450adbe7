namespace Depth3D.Imaging.Tests;

/// <summary>Pictures made by formula, so that every test sees the same ones.</summary>
internal static class Pictures
{
    /// <summary>Smooth bumps plus fine detail: something to match at every scale.</summary>
    public static Raster<byte> Texture(int width, int height, double shiftX = 0, double shiftY = 0)
    {
        var image = new Raster<byte>(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) image[x, y] = (byte)Value(x - shiftX, y - shiftY);
        return image;
    }

    public static Raster<byte> Rgb(int width, int height)
    {
        var image = new Raster<byte>(width, height, 3);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                (image[x, y, 0], image[x, y, 1], image[x, y, 2]) = ((byte)Value(x, y), (byte)(x * 255 / width), (byte)(y * 255 / height));
        return image;
    }

    public static Raster<T> Noise<T>(int width, int height, int channels, Func<Random, T> sample, int seed = 1) where T : unmanaged
    {
        var random = new Random(seed);
        var image = new Raster<T>(width, height, channels);
        for (var i = 0; i < image.Samples.Length; i++) image.Samples[i] = sample(random);
        return image;
    }

    private static double Value(double x, double y) => 127 + (55 * Math.Sin((0.11 * x) + (0.05 * y))) + (35 * Math.Sin((0.31 * y) - (0.07 * x)))
        + (25 * Math.Sin((0.53 * x) + (0.61 * y)));
}
