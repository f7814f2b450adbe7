using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Effects.Surfaces;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Effects;

/// <summary>What stands behind everything: a colour, or nothing.</summary>
/// <param name="Colour">0x00RRGGBB; null for transparent.</param>
internal readonly record struct Backdrop(uint? Colour)
{
    public const string Transparent = "transparent";

    /// <param name="text"><c>transparent</c> or <c>#RRGGBB</c>.</param>
    /// <exception cref="Depth3DException">Neither.</exception>
    public static Backdrop Parse(string text) => new(text == Transparent ? null : ColourText.Parse(text));

    /// <summary>RGB over the colour, or RGBA.</summary>
    public Raster<byte> Behind(ViewLayer layer)
    {
        if (Colour is not { } colour) return new Raster<byte>(layer.Width, layer.Height, 4, layer.Rgba);
        var rgb = new Raster<byte>(layer.Width, layer.Height, 3);
        int r = (int)(colour >> 16) & 255, g = (int)(colour >> 8) & 255, b = (int)colour & 255;
        for (var i = 0; i < rgb.PixelCount; i++)
        {
            var from = layer.Rgba.AsSpan(4 * i, 4);
            int own = from[3], rest = 255 - own;
            rgb.Samples[3 * i] = Mixed(from[0], own, r, rest);
            rgb.Samples[(3 * i) + 1] = Mixed(from[1], own, g, rest);
            rgb.Samples[(3 * i) + 2] = Mixed(from[2], own, b, rest);
        }

        return rgb;
    }

    private static byte Mixed(int a, int own, int b, int rest) => (byte)(((a * own) + (b * rest) + 127) / 255);
}
