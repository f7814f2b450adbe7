using System.Numerics;
using Depth3D.Imaging;

namespace Depth3D.Rendering.Effects.Surfaces;

/// <summary>sRGB bytes and light (IEC 61966-2-1), in which blur, fog and lamps add up. A byte comes back unchanged.</summary>
internal static class LinearLight
{
    /// <summary>Fine enough to tell the darkest bytes apart: they lie 1/3295 apart in light.</summary>
    private const int Steps = 1 << 16;

    private static readonly float[] Light = [.. Enumerable.Range(0, 256).Select(v => (float)Decode(v / 255.0))];
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, Steps).Select(i => (byte)((Encode(i / (Steps - 1.0)) * 255) + 0.5))];

    public static float FromByte(byte value) => Light[value];

    /// <summary>Clamped to [0, 1]; NaN becomes 0.</summary>
    public static byte ToByte(float light) => light > 0 ? Bytes[(int)((MathF.Min(light, 1) * (Steps - 1)) + 0.5f)] : (byte)0;

    /// <summary>The pixel of an RGB or RGBA picture, with W = 1.</summary>
    public static Vector4 Pixel(Raster<byte> picture, int index)
    {
        var at = index * picture.Channels;
        var samples = picture.Samples;
        return new Vector4(Light[samples[at]], Light[samples[at + 1]], Light[samples[at + 2]], 1);
    }

    /// <summary>Writes R, G and B.</summary>
    public static void Store(Raster<byte> picture, int index, Vector4 light)
    {
        var at = index * picture.Channels;
        picture.Samples[at] = ToByte(light.X);
        picture.Samples[at + 1] = ToByte(light.Y);
        picture.Samples[at + 2] = ToByte(light.Z);
    }

    /// <summary>Light of a colour 0xRRGGBB, W = 1.</summary>
    public static Vector4 OfColour(uint rgb) => new(Light[(rgb >> 16) & 255], Light[(rgb >> 8) & 255], Light[rgb & 255], 1);

    private static double Decode(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static double Encode(double v) => v <= 0.0031308 ? v * 12.92 : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055;
}
