namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// How well depth and cameras explain the flow of pairs that were never trained on: mean distance, in training-size pixels, between where
/// a static pixel is predicted and where the flow saw it (spec 9.19).
/// </summary>
public static class HeldOutFlow
{
    private const int PixelStride = 3;

    /// <param name="correction">Log correction by frame and pixel; null for the prior itself.</param>
    public static double MeanPixels(TrainingClip clip, IReadOnlyList<FrameCorrection>? correction)
    {
        var flows = clip.HeldOut.Length > 0 ? clip.HeldOut : [.. clip.FlowsFrom.SelectMany(f => f).Where(f => f.To > f.From)];
        var sums = new (double Sum, int Count)[flows.Length];
        Parallel.For(0, flows.Length, i => sums[i] = Measure(clip, flows[i], correction?[flows[i].From]));
        var count = sums.Sum(s => (long)s.Count);
        return count == 0 ? 0 : sums.Sum(s => s.Sum) / count;
    }

    private static (double Sum, int Count) Measure(TrainingClip clip, DirectedFlow flow, FrameCorrection? correction)
    {
        var k = clip.Intrinsics;
        var pose = clip.CamFromWorld[flow.To] * clip.CamFromWorld[flow.From].Inverse();
        var (sum, count) = (0.0, 0);
        var pixels = clip.StaticPixels[flow.From];
        for (var n = 0; n < pixels.Length; n += PixelStride)
        {
            int x = pixels[n] % clip.Width, y = pixels[n] / clip.Width;
            if (!flow.TryTarget(x, y, out var tx, out var ty)) continue;
            var depth = Math.Exp(clip.LogPriorDepth[flow.From][pixels[n]] + (correction?.At(x, y, 0) ?? 0));
            var p = pose.Apply(k.Unproject(x, y, depth));
            if (p.Z < PinholeTensors.NearestDepth) continue;
            var (u, v) = k.Project(p);
            sum += Math.Sqrt(((u - tx) * (u - tx)) + ((v - ty) * (v - ty)));
            count++;
        }

        return (sum, count);
    }
}
