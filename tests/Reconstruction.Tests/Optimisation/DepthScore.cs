using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Optimisation;

/// <summary>
/// Errors of depth against truth after one scale per clip (median of truth over depth): AbsRel on static and moving pixels, and flicker, the
/// mean |change of log depth along the true motion, less the true change| between neighbouring frames.
/// </summary>
internal sealed record DepthScore(double Static, double Moving, double Flicker, double MovingFlicker)
{
    public static DepthScore Of(TruthClip clip, float[][] depth)
    {
        var scale = MedianRatio(clip.Depth, depth);
        var (fixedSum, fixedCount, movingSum, movingCount) = (0.0, 0, 0.0, 0);
        for (var f = 0; f < depth.Length; f++)
        {
            for (var i = 0; i < depth[f].Length; i++)
            {
                var error = Math.Abs((scale * depth[f][i]) - clip.Depth[f][i]) / clip.Depth[f][i];
                if (clip.Moving[f][i]) (movingSum, movingCount) = (movingSum + error, movingCount + 1);
                else (fixedSum, fixedCount) = (fixedSum + error, fixedCount + 1);
            }
        }

        var (all, moving) = FlickerOf(clip, depth);
        return new DepthScore(fixedSum / fixedCount, movingSum / Math.Max(1, movingCount), all, moving);
    }

    private static (double All, double Moving) FlickerOf(TruthClip clip, float[][] depth)
    {
        var (sum, count, movingSum, movingCount) = (0.0, 0, 0.0, 0);
        for (var f = 0; f + 1 < depth.Length; f++)
        {
            var flow = TruthFlow.Between(clip.Scene, f, f + 1, TruthClip.Width, TruthClip.Height);
            for (var i = 0; i < depth[f].Length; i++)
            {
                if (flow.Visible.Samples[i] == 0) continue;
                var x = (int)Math.Round((i % TruthClip.Width) + flow.Flow.Samples[2 * i]);
                var y = (int)Math.Round((i / TruthClip.Width) + flow.Flow.Samples[(2 * i) + 1]);
                var j = (y * TruthClip.Width) + x;
                if (clip.Bodies[f][i] != clip.Bodies[f + 1][j]) continue;
                var change = Math.Abs(Math.Log(depth[f + 1][j] / clip.Depth[f + 1][j]) - Math.Log(depth[f][i] / clip.Depth[f][i]));
                (sum, count) = (sum + change, count + 1);
                if (clip.Moving[f][i]) (movingSum, movingCount) = (movingSum + change, movingCount + 1);
            }
        }

        return (sum / count, movingSum / Math.Max(1, movingCount));
    }

    private static double MedianRatio(float[][] truth, float[][] depth)
    {
        var ratios = new List<double>();
        for (var f = 0; f < depth.Length; f++)
        {
            for (var i = 0; i < depth[f].Length; i += 7) ratios.Add(truth[f][i] / depth[f][i]);
        }

        ratios.Sort();
        return ratios[ratios.Count / 2];
    }
}
