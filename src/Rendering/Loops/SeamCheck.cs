using Depth3D.Imaging;

namespace Depth3D.Rendering.Loops;

/// <summary>Whether a loop shows where it begins again: mean absolute differences of neighbouring frames, 0..1.</summary>
/// <param name="Seam">Of the last and the first frame.</param>
/// <param name="MeanStep">Of the other neighbours, their mean.</param>
/// <param name="LargestStep">Of the other neighbours, the largest.</param>
public sealed record SeamCheck(double Seam, double MeanStep, double LargestStep)
{
    /// <summary>Whether the seam is no larger than the largest ordinary step; rounding to 8 bits counts for nothing.</summary>
    public bool IsSeamless => Seam <= LargestStep + (0.5 / 255);

    /// <param name="frames">Of one size, in the order they are shown; a single frame has no seam.</param>
    public static SeamCheck Of(IEnumerable<Raster<byte>> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        Raster<byte>? first = null, last = null;
        double sum = 0, largest = 0;
        var steps = 0;
        foreach (var frame in frames)
        {
            if (last is not null)
            {
                var step = Difference(last, frame);
                (sum, largest, steps) = (sum + step, Math.Max(largest, step), steps + 1);
            }

            first ??= frame;
            last = frame;
        }

        return first is null || last is null ? throw new ArgumentException("no frame", nameof(frames)) : new(Difference(last, first), steps == 0 ? 0 : sum / steps, largest);
    }

    private static double Difference(Raster<byte> a, Raster<byte> b)
    {
        if ((a.Width, a.Height, a.Channels) != (b.Width, b.Height, b.Channels)) throw new ArgumentException("frames of several sizes");
        long sum = 0;
        for (var i = 0; i < a.Samples.Length; i++) sum += Math.Abs(a.Samples[i] - b.Samples[i]);
        return sum / (255.0 * a.Samples.Length);
    }
}
