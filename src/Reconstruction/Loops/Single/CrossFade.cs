using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Closes a segment of a clip to a loop (spec 9.6): the last frames turn into those before the first, so that the frame after the seam goes on from
/// there. On a clip that repeats exactly nothing changes.
/// </summary>
/// <param name="First">s, the segment's first frame.</param>
/// <param name="Period">p, its length.</param>
/// <param name="Length">c, the frames that are blended; 0 for a plain cut.</param>
public readonly record struct CrossFade(int First, int Period, int Length)
{
    public const int LongestFade = 8;

    /// <summary>The usual length: min(8, p / 4, s).</summary>
    public static CrossFade Of(LoopSegment segment, int longest = LongestFade)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return new(segment.First, segment.Period, Math.Min(longest, Math.Min(segment.Period / 4, segment.First)));
    }

    /// <summary>Share of the frame one period earlier at loop phase q, 0 .. p - 1.</summary>
    public double WeightAt(int phase)
    {
        var step = phase - (Period - Length) + 1;
        return step <= 0 ? 0 : Smoothstep(step / (Length + 1.0));
    }

    /// <summary>The loop's frame of phase q from the clip's frames.</summary>
    /// <param name="blend">(frame s + q, frame s + q - p, the latter's share above 0) to a frame.</param>
    public T FrameAt<T>(IReadOnlyList<T> clip, int phase, Func<T, T, double, T> blend)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(blend);
        var weight = WeightAt(phase);
        return weight == 0 ? clip[First + phase] : blend(clip[First + phase], clip[First + phase - Period], weight);
    }

    /// <summary>(1 - weight) a + weight b, rounded.</summary>
    public static Raster<byte> Blend(Raster<byte> a, Raster<byte> b, double weight)
    {
        var result = new Raster<byte>(a.Width, a.Height, a.Channels);
        for (var i = 0; i < result.Samples.Length; i++)
            result.Samples[i] = (byte)Math.Clamp(Math.Round(((1 - weight) * a.Samples[i]) + (weight * b.Samples[i])), 0, 255);
        return result;
    }

    private static double Smoothstep(double x) => x * x * (3 - (2 * x));
}
