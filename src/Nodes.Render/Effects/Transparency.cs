using Depth3D.Imaging;

namespace Depth3D.Nodes.Render.Effects;

/// <summary>Pictures with alpha for what knows none.</summary>
internal static class Transparency
{
    /// <param name="picture">RGB, which is returned as it is, or RGBA, not premultiplied.</param>
    public static Raster<byte> OverBlack(Raster<byte> picture)
    {
        if (picture.Channels == 3) return picture;
        var rgb = new Raster<byte>(picture.Width, picture.Height, 3);
        for (var p = 0; p < rgb.PixelCount; p++)
        {
            var alpha = picture.Samples[(4 * p) + 3];
            for (var c = 0; c < 3; c++) rgb.Samples[(3 * p) + c] = (byte)(((picture.Samples[(4 * p) + c] * alpha) + 127) / 255);
        }

        return rgb;
    }
}
