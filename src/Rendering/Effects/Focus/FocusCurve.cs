using Depth3D.Rendering.Effects.Surfaces;

namespace Depth3D.Rendering.Effects.Focus;

/// <summary>The focused depth of every frame: each key's own course, pulled from one to the next in inverse depth with a soft start and stop.</summary>
internal static class FocusCurve
{
    /// <summary>A point that comes nearer than this share of the clip's nearest depth, or behind the camera, is held there.</summary>
    private const double NearestShare = 0.25;

    public static double[] Make(ISceneClip clip, FocusSettings settings, IProgress<double> progress, CancellationToken cancellation)
    {
        var keys = settings.Keys.OrderBy(k => k.Frame).ToArray();
        foreach (var key in keys) ScenePoint.CheckFrame(clip, key.Frame);
        var courses = new double[keys.Length][];
        for (var k = 0; k < keys.Length; k++)
        {
            var part = k;
            var seen = 0;
            courses[k] = Inverse(clip, keys[k], settings.SmoothingFrames,
                () => progress.Report((part + ((double)++seen / clip.FrameCount)) / keys.Length), cancellation);
        }

        return [.. Enumerable.Range(0, clip.FrameCount).Select(frame => 1 / At(keys, courses, frame))];
    }

    private static double At(FocusKey[] keys, double[][] courses, int frame)
    {
        var next = Array.FindIndex(keys, k => k.Frame > frame);
        if (next == 0) return courses[0][frame];
        if (next < 0) return courses[^1][frame];
        var share = (double)(frame - keys[next - 1].Frame) / (keys[next].Frame - keys[next - 1].Frame);
        var eased = share * share * (3 - (2 * share));
        return ((1 - eased) * courses[next - 1][frame]) + (eased * courses[next][frame]);
    }

    private static double[] Inverse(ISceneClip clip, FocusKey key, double smoothing, Action done, CancellationToken cancellation)
    {
        if (key.Depth is { } depth) return Constant(clip.FrameCount, 1 / depth);
        if (key.Moving)
        {
            var tracked = RegionTrack.Depths(clip, key.Frame, key.X, key.Y, _ => done(), cancellation);
            return Smooth(RegionTrack.Filled([.. tracked.Select(z => 1 / z)]), smoothing);
        }

        var (x, y) = (key.X!.Value, key.Y!.Value);
        var world = ScenePoint.World(clip, key.Frame, x, y, ScenePoint.DepthAt(clip, key.Frame, x, y));
        var nearest = NearestShare * clip.DepthRange.Near;
        return [.. Enumerable.Range(0, clip.FrameCount).Select(i => 1 / Math.Max(nearest, clip.CamFromWorld(i).Apply(world).Z))];
    }

    private static double[] Constant(int count, double value)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }

    private static double[] Smooth(double[] values, double sigma)
    {
        if (sigma <= 0) return values;
        var radius = (int)Math.Ceiling(3 * sigma);
        return [.. Enumerable.Range(0, values.Length).Select(i =>
        {
            double sum = 0, weights = 0;
            for (var d = -radius; d <= radius; d++)
            {
                var weight = Math.Exp(-0.5 * d * d / (sigma * sigma));
                sum += weight * values[Math.Clamp(i + d, 0, values.Length - 1)];
                weights += weight;
            }

            return sum / weights;
        })];
    }
}
