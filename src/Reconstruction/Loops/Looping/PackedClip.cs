using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>Frames as four bytes a pixel, the fourth 0, in one piece: what the search on the processor reads.</summary>
public sealed class PackedClip
{
    public PackedClip(int frames, int width, int height)
    {
        (Frames, Width, Height) = (frames, width, height);
        Pixels = new uint[frames][];
        for (var t = 0; t < frames; t++) Pixels[t] = new uint[width * height];
    }

    public int Frames { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>By frame: row-major, R in the lowest byte.</summary>
    public uint[][] Pixels { get; }

    /// <exception cref="ArgumentException">The picture is not RGB of this size.</exception>
    public void Set(int frame, Raster<byte> rgb)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        if (rgb.Width != Width || rgb.Height != Height || rgb.Channels != 3)
            throw new ArgumentException($"{rgb.Width}x{rgb.Height}x{rgb.Channels}; expected {Width}x{Height}x3", nameof(rgb));
        var to = Pixels[frame];
        for (var p = 0; p < to.Length; p++) to[p] = Packed(rgb.Samples[3 * p], rgb.Samples[(3 * p) + 1], rgb.Samples[(3 * p) + 2]);
    }

    public static uint Packed(byte red, byte green, byte blue) => red | ((uint)green << 8) | ((uint)blue << 16);
}
