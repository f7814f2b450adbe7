using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Lets every pixel's depth be voted on by what neighbouring frames see there: the median of its own log depth and of the depths that the
/// flow's targets imply, brought over by the cameras. Removes what grids are too coarse for: noise of single pixels, edges and masks that
/// jump for a frame. A point that moves in depth is voted on evenly from before and after, so its motion cancels.
/// </summary>
public sealed class TemporalFusion(TrainingClip clip, int width, int height)
{
    private static readonly int[] Gaps = [1, 2, 4];

    /// <summary>A vote further off than this, in log depth, belongs to something else: an edge missed by a pixel.</summary>
    private const double MostDisagreement = 0.7;

    /// <summary>Frames before and after that a frame looks at.</summary>
    public static int Reach => Gaps[^1];

    /// <param name="depth">Depth of a frame in any unit, working size; null beyond the clip's ends.</param>
    /// <returns>Fused depth of that frame, in the same unit.</returns>
    /// <param name="unit">Units of <paramref name="depth"/> in one of the clip's.</param>
    public Raster<float> Frame(int frame, Func<int, Raster<float>> depth, double unit)
    {
        var own = depth(frame);
        var views = Views(frame).Select(v => (v.Flow, Pose: clip.CamFromWorld[v.Flow.To] * clip.CamFromWorld[frame].Inverse(), Depth: depth(v.Flow.To))).ToArray();
        var fused = new Raster<float>(width, height);
        var k = clip.Intrinsics;
        double sx = (double)clip.Width / width, sy = (double)clip.Height / height;
        Parallel.For(0, height, y =>
        {
            Span<double> votes = stackalloc double[(2 * Gaps.Length) + 1];
            var ty = ((y + 0.5) * sy) - 0.5;
            var ny = Math.Clamp((int)Math.Round(ty), 0, clip.Height - 1);
            for (var x = 0; x < width; x++)
            {
                var tx = ((x + 0.5) * sx) - 0.5;
                var nx = Math.Clamp((int)Math.Round(tx), 0, clip.Width - 1);
                var z = own[x, y] / unit;
                var point = k.Unproject(tx, ty, z);
                var count = 0;
                votes[count++] = 0;
                foreach (var (flow, pose, other) in views)
                {
                    if (!flow.TryTarget(nx, ny, out var ux, out var uy)) continue;
                    var qx = (int)Math.Round(((ux - nx + tx + 0.5) / sx) - 0.5);
                    var qy = (int)Math.Round(((uy - ny + ty + 0.5) / sy) - 0.5);
                    var expected = pose.Apply(point).Z;
                    if ((uint)qx >= (uint)width || (uint)qy >= (uint)height || expected <= PinholeTensors.NearestDepth) continue;
                    var vote = Math.Log(other[qx, qy] / unit / expected);
                    if (Math.Abs(vote) < MostDisagreement) votes[count++] = vote;
                }

                fused[x, y] = (float)(own[x, y] * Math.Exp(Median(votes[..count])));
            }
        });
        return fused;
    }

    /// <summary>The flows to neighbours, each with its mirror image in time.</summary>
    private IEnumerable<(int Gap, DirectedFlow Flow)> Views(int frame)
    {
        foreach (var gap in Gaps)
        {
            var (before, after) = (Find(frame, frame - gap), Find(frame, frame + gap));
            if (before is null || after is null)
            {
                // At the clip's ends only the nearest frame may speak alone: further ones would carry the motion in depth.
                if (gap == 1 && (before ?? after) is { } only) yield return (gap, only);
                continue;
            }

            yield return (gap, before);
            yield return (gap, after);
        }
    }

    private DirectedFlow? Find(int from, int to) => Array.Find(clip.FlowsFrom[from], f => f.To == to);

    /// <summary>Of an even count, the mean of the two in the middle.</summary>
    private static double Median(Span<double> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
