using Depth3D.Reconstruction.Loops.Looping;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>How much a loop moves against what it was made from: the sign of a frozen start (spec 10.5.3).</summary>
public static class TemporalDeviation
{
    /// <summary>Below this the loop has frozen.</summary>
    public const double Alarm = 0.5;

    /// <summary>Mean standard deviation over time of the loop's colours over that of the clip's, over the given pixels; 1 where nothing moves.</summary>
    public static double Ratio(PackedLoop loop, PackedClip clip, IReadOnlyList<int> pixels)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(pixels);
        double shown = 0, seen = 0;
        foreach (var p in pixels)
        {
            for (var c = 0; c < 3; c++)
            {
                shown += Deviation(loop.Samples.Length, t => loop.Samples[t][(4 * p) + c]) / PackedLoop.One;
                seen += Deviation(clip.Frames, t => (clip.Pixels[t][p] >> (8 * c)) & 255) / 255;
            }
        }

        return seen > 0 ? shown / seen : 1;
    }

    private static double Deviation(int count, Func<int, double> value)
    {
        double sum = 0, squares = 0;
        for (var t = 0; t < count; t++)
        {
            var v = value(t);
            sum += v;
            squares += v * v;
        }

        return Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
    }
}
