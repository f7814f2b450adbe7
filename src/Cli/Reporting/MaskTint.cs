using Depth3D.Imaging;

namespace Depth3D.Cli.Reporting;

/// <summary>Shows a mask on its frame.</summary>
internal static class MaskTint
{
    /// <summary>The frame with the mask's moving pixels tinted red.</summary>
    public static Raster<byte> Of(Raster<byte> rgb, Raster<byte> mask)
    {
        var tinted = rgb.Clone();
        for (var p = 0; p < mask.PixelCount; p++)
        {
            if (mask.Samples[p] < 128) continue;
            tinted.Samples[3 * p] = (byte)((tinted.Samples[3 * p] + 255) / 2);
            tinted.Samples[(3 * p) + 1] /= 2;
            tinted.Samples[(3 * p) + 2] /= 2;
        }

        return tinted;
    }
}
