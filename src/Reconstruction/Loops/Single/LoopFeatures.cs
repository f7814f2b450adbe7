using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>The small pictures that a loop's seam is searched on (spec 9.5, step 1): luma and chroma, shrunk, a little blurred.</summary>
public static class LoopFeatures
{
    /// <summary>Longest side of the small pictures.</summary>
    public const int LongSidePixels = 160;

    private const double BlurPixels = 1;

    /// <summary>Size of the small picture of a picture: its shape, no side longer than <see cref="LongSidePixels"/>.</summary>
    public static (int Width, int Height) SizeOf(int width, int height)
    {
        var scale = Math.Min(1, LongSidePixels / (double)Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>[H, W, 3] of luma (BT.601) and the two colour differences, 0..1 and -0.5..0.5.</summary>
    public static Raster<float> Of(Raster<byte> rgb)
    {
        var (width, height) = SizeOf(rgb.Width, rgb.Height);
        var values = new Raster<float>(rgb.Width, rgb.Height, 3);
        for (var i = 0; i < values.Samples.Length; i += 3)
        {
            float r = rgb.Samples[i] / 255f, g = rgb.Samples[i + 1] / 255f, b = rgb.Samples[i + 2] / 255f;
            var luma = (0.299f * r) + (0.587f * g) + (0.114f * b);
            (values.Samples[i], values.Samples[i + 1], values.Samples[i + 2]) = (luma, (b - luma) * 0.564f, (r - luma) * 0.713f);
        }

        return Filters.GaussianBlur(Resize.Area(values, width, height), BlurPixels);
    }
}
