using Depth3D.Imaging;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>A frame as the preflight looks at it: small, with its colour histogram.</summary>
internal sealed class FrameLook
{
    /// <summary>Long side of the small picture, pixels.</summary>
    public const int LongSide = 256;

    private const int BinsPerChannel = 8;

    private FrameLook(Raster<byte> gray, float[] histogram, double mean, double deviation) =>
        (Gray, Histogram, Mean, Deviation) = (gray, histogram, mean, deviation);

    public Raster<byte> Gray { get; }

    /// <summary>Shares over 8 x 8 x 8 colours.</summary>
    public float[] Histogram { get; }

    /// <summary>Of the luma, 0 to 255.</summary>
    public double Mean { get; }

    public double Deviation { get; }

    public static FrameLook Of(Raster<byte> rgb)
    {
        var scale = Math.Min(1, LongSide / (double)Math.Max(rgb.Width, rgb.Height));
        var small = scale == 1 ? rgb : Resize.Area(rgb, Math.Max(16, (int)(rgb.Width * scale)), Math.Max(16, (int)(rgb.Height * scale)));
        var gray = Colour.ToGray(small);
        double sum = 0, squares = 0;
        foreach (var value in gray.Samples) (sum, squares) = (sum + value, squares + ((double)value * value));
        var mean = sum / gray.PixelCount;
        return new FrameLook(gray, HistogramOf(small), mean, Math.Sqrt(Math.Max(0, (squares / gray.PixelCount) - (mean * mean))));
    }

    private static float[] HistogramOf(Raster<byte> rgb)
    {
        var counts = new float[BinsPerChannel * BinsPerChannel * BinsPerChannel];
        var samples = rgb.Samples;
        for (var i = 0; i < samples.Length; i += 3) counts[((samples[i] >> 5) << 6) | ((samples[i + 1] >> 5) << 3) | (samples[i + 2] >> 5)]++;
        for (var i = 0; i < counts.Length; i++) counts[i] /= rgb.PixelCount;
        return counts;
    }
}
