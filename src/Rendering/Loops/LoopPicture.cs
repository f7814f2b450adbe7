using Depth3D.Imaging;

namespace Depth3D.Rendering.Loops;

/// <summary>What a camera sees of a loop in one frame.</summary>
/// <param name="Rgba">Premultiplied colour and coverage, 0..1, four channels. There is no background: what nothing covers is zero.</param>
/// <param name="Disparity">Weighted mean of the planes' disparity, one channel: 0 on the farthest plane, 1 on the nearest, times coverage.</param>
public sealed record LoopPicture(Raster<float> Rgba, Raster<float> Disparity)
{
    /// <summary>8-bit RGB over black, rounded.</summary>
    public Raster<byte> ToRgb()
    {
        var rgb = new Raster<byte>(Rgba.Width, Rgba.Height, 3);
        for (int p = 0; p < rgb.PixelCount; p++)
            for (var c = 0; c < 3; c++)
                rgb.Samples[(3 * p) + c] = (byte)Math.Clamp((Rgba.Samples[(4 * p) + c] * 255) + 0.5f, 0, 255);
        return rgb;
    }

    /// <summary>Coverage alone, one channel.</summary>
    public Raster<float> Alpha()
    {
        var alpha = new Raster<float>(Rgba.Width, Rgba.Height);
        for (var p = 0; p < alpha.PixelCount; p++) alpha.Samples[p] = Rgba.Samples[(4 * p) + 3];
        return alpha;
    }
}
