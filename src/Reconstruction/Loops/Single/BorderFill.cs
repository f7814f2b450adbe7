using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// What a steadied frame does not show, from the still picture, in the brightness of the frame: what both differ by along the border is carried on beyond it, so
/// that an exposure or a lens that wanders does not draw the frame's edge into the loop.
/// </summary>
public static class BorderFill
{
    /// <summary>Of 255: where frame and still picture differ by more, something moves, and nothing is told about brightness.</summary>
    private const int LargestDifference = 30;

    private const int Zero = 128;

    /// <param name="frame">RGB.</param>
    /// <param name="valid">Non-zero where the frame shows the scene, of its size.</param>
    /// <param name="plate">RGB of the scene as it stands, of the frame's size.</param>
    /// <returns>The frame itself where all of it is valid.</returns>
    public static Raster<byte> Of(Raster<byte> frame, Raster<byte> valid, Raster<byte> plate)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(valid);
        ArgumentNullException.ThrowIfNull(plate);
        if (Array.IndexOf(valid.Samples, (byte)0) < 0) return frame;
        var (difference, known) = Difference(frame, valid, plate);
        difference = PushPull.Fill(difference, known);
        var filled = frame.Clone();
        for (var n = 0; n < filled.Samples.Length; n++)
            if (valid.Samples[n / 3] == 0) filled.Samples[n] = (byte)Math.Clamp(plate.Samples[n] + difference.Samples[n] - Zero, 0, 255);
        return filled;
    }

    /// <summary>Frame less still picture, and where it tells about brightness.</summary>
    private static (Raster<byte> Difference, bool[] Known) Difference(Raster<byte> frame, Raster<byte> valid, Raster<byte> plate)
    {
        var difference = new Raster<byte>(frame.Width, frame.Height, 3);
        var known = new bool[frame.PixelCount];
        Array.Fill(difference.Samples, (byte)Zero);
        for (var p = 0; p < known.Length; p++)
        {
            if (valid.Samples[p] == 0) continue;
            known[p] = true;
            for (var n = 3 * p; n < (3 * p) + 3; n++) known[p] &= Math.Abs(frame.Samples[n] - plate.Samples[n]) <= LargestDifference;
            for (var n = 3 * p; n < (3 * p) + 3 && known[p]; n++) difference.Samples[n] = (byte)(Zero + frame.Samples[n] - plate.Samples[n]);
        }

        return (difference, known);
    }
}
