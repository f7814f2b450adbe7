using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>
/// What of a clip can loop (video-loop spec 1.5): pixels that rise and fall again, against those that change for good and those that do not change.
/// </summary>
public static class LoopableMask
{
    public const byte Loopable = 255, Unloopable = 128, Unchanging = 0;

    /// <summary>Of 255: a change that is none.</summary>
    private const int Tolerance = 15;

    /// <summary>A Gaussian of 5 pixels.</summary>
    private const double SmoothingPixels = 1.1;

    /// <param name="frames">RGB, all of one size, at least one.</param>
    /// <returns>Of the frames' size, with <see cref="Loopable"/>, <see cref="Unloopable"/> and <see cref="Unchanging"/>.</returns>
    public static Raster<byte> Of(IReadOnlyList<Raster<byte>> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var first = frames[0];
        int width = Math.Max(1, first.Width / 2), height = Math.Max(1, first.Height / 2);
        var votes = Classify(frames.Select(f => Resize.Area(f, width, height)), width, height);
        var full = Resize.Linear(Filters.GaussianBlur(votes, SmoothingPixels), first.Width, first.Height);
        var result = new Raster<byte>(first.Width, first.Height);
        for (var i = 0; i < result.PixelCount; i++) result.Samples[i] = Winner(full.Samples.AsSpan(3 * i, 3));
        return result;
    }

    /// <summary>Shares of the three classes; they add up to 1.</summary>
    public static (double Loopable, double Unloopable, double Unchanging) Shares(Raster<byte> mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        int loopable = mask.Samples.Count(v => v == Loopable), unloopable = mask.Samples.Count(v => v == Unloopable);
        double all = mask.PixelCount;
        return (loopable / all, unloopable / all, (mask.PixelCount - loopable - unloopable) / all);
    }

    /// <summary>One-hot votes (loopable, unloopable, unchanging) per pixel of the small frames.</summary>
    private static Raster<float> Classify(IEnumerable<Raster<byte>> frames, int width, int height)
    {
        var count = width * height * 3;
        var (lowest, highest) = (new byte[count], new byte[count]);
        var (rises, falls) = (new bool[count], new bool[count]);
        Array.Fill(lowest, byte.MaxValue);
        foreach (var frame in frames)
        {
            var samples = frame.Samples;
            for (var i = 0; i < count; i++)
            {
                var v = samples[i];
                lowest[i] = Math.Min(lowest[i], v);
                highest[i] = Math.Max(highest[i], v);
                rises[i] |= v - lowest[i] > Tolerance;
                falls[i] |= highest[i] - v > Tolerance;
            }
        }

        var votes = new Raster<float>(width, height, 3);
        for (var i = 0; i < count; i += 3)
        {
            var changes = rises[i] || falls[i] || rises[i + 1] || falls[i + 1] || rises[i + 2] || falls[i + 2];
            var oneWay = (rises[i] ^ falls[i]) || (rises[i + 1] ^ falls[i + 1]) || (rises[i + 2] ^ falls[i + 2]);
            votes.Samples[i + (!changes ? 2 : oneWay ? 1 : 0)] = 1;
        }

        return votes;
    }

    private static byte Winner(ReadOnlySpan<float> votes)
    {
        if (votes[0] >= votes[1] && votes[0] >= votes[2]) return Loopable;
        return votes[1] > votes[2] ? Unloopable : Unchanging;
    }
}
