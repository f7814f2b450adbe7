namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>
/// Frames of the loop for the search on the processor: R, G, B, 0 in eighths of an 8-bit step. Squares of their differences, summed over the largest
/// window (17 pixels), stay below 2^32, so distances are exact in integers.
/// </summary>
public sealed class PackedLoop
{
    /// <summary>Steps in one of 8 bits.</summary>
    public const int Scale = 8;

    /// <summary>The number for a colour of 1.</summary>
    public const int One = 255 * Scale;

    public PackedLoop(int frames, int width, int height)
    {
        (Frames, Width, Height) = (frames, width, height);
        Samples = new short[frames][];
        for (var t = 0; t < frames; t++) Samples[t] = new short[4 * width * height];
    }

    public int Frames { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>By frame: row-major, four numbers a pixel, the fourth 0.</summary>
    public short[][] Samples { get; }

    /// <summary>The number of a colour of 0..1; what lies beyond is cut.</summary>
    public static short Packed(float colour) => (short)Math.Clamp((int)((colour * One) + 0.5f), 0, One);
}
