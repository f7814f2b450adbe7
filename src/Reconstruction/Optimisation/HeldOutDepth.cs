namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// How well depth agrees with itself on pairs that were never trained on: mean |log z - log z'| of static pixels, their depth carried to
/// the other frame by the cameras against the depth there (spec 9.19). Pixels that the flow puts on something moving do not count.
/// </summary>
public static class HeldOutDepth
{
    private const int PixelStride = 3;

    /// <param name="correction">Log correction by frame; null for the prior itself.</param>
    /// <returns>NaN where no pair is held out or none has a static pixel.</returns>
    public static double MeanLogDifference(TrainingClip clip, IReadOnlyList<FrameCorrection>? correction)
    {
        var sums = new (double Sum, int Count)[clip.HeldOut.Length];
        Parallel.For(0, sums.Length, i => sums[i] = Measure(clip, clip.HeldOut[i], correction));
        var count = sums.Sum(s => (long)s.Count);
        return count == 0 ? double.NaN : sums.Sum(s => s.Sum) / count;
    }

    private static (double Sum, int Count) Measure(TrainingClip clip, DirectedFlow flow, IReadOnlyList<FrameCorrection>? correction)
    {
        var pose = clip.CamFromWorld[flow.To] * clip.CamFromWorld[flow.From].Inverse();
        var (sum, count) = (0.0, 0);
        var pixels = clip.StaticPixels[flow.From];
        for (var n = 0; n < pixels.Length; n += PixelStride)
        {
            if (!flow.TryTarget(pixels[n] % clip.Width, pixels[n] / clip.Width, out var tx, out var ty)) continue;
            if (clip.Moving[flow.To][((int)Math.Round(ty) * clip.Width) + (int)Math.Round(tx)]) continue;
            if (StaticResidual.At(clip, flow, pose, pixels[n], correction) is not { } residual) continue;
            (sum, count) = (sum + residual.LogDepth, count + 1);
        }

        return (sum, count);
    }
}
