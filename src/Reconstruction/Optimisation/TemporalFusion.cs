using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Lets every pixel's depth be voted on by what neighbouring frames see there: the middle of its own log depth and of the depths that the
/// flow's targets imply, brought over by the cameras. Removes what grids are too coarse for: noise of single pixels, edges and masks that
/// jump for a frame. A point that moves in depth is voted on evenly from before and after, so its motion cancels.
/// </summary>
public sealed class TemporalFusion(TrainingClip clip, int width, int height)
{
    private static readonly int[] Gaps = [1, 2, 4, 6, 8];

    /// <summary>Neighbouring pixels whose depths differ by more than this factor belong to different surfaces.</summary>
    private const double SmoothRatio = 1.1;

    /// <summary>With parallax, parts that masks miss lie within this many training pixels of what they found.</summary>
    private const int MissedMaskPixels = 10;

    /// <summary>Spread of the votes, in log depth, from which a pixel is in dispute.</summary>
    private const double Disagreement = 0.2;

    /// <summary>A disputed change that the median of this many pixels around does not share is a speck.</summary>
    private const int SpeckWindow = 5;

    /// <summary>A change of log depth beyond this puts a pixel on another surface.</summary>
    private const float OtherSurface = 0.05f;

    /// <summary>Frames before and after that a frame looks at.</summary>
    public static int Reach => Gaps[^1];

    /// <param name="depth">Depth of a frame in any unit, working size; null beyond the clip's ends.</param>
    /// <returns>Fused depth of that frame, in the same unit.</returns>
    /// <param name="unit">Units of <paramref name="depth"/> in one of the clip's.</param>
    /// <param name="keepSurfaces">Pixels that would change to another surface stay as they are: outlines were chosen by better means.</param>
    public Raster<float> Frame(int frame, Func<int, Raster<float>> depth, double unit, bool keepSurfaces = false)
    {
        var own = depth(frame);
        var views = Views(frame).Select(v => (v.Flow, Pose: clip.CamFromWorld[v.Flow.To] * clip.CamFromWorld[frame].Inverse(), Depth: depth(v.Flow.To))).ToArray();
        var change = new Raster<float>(width, height);
        // Without parallax nothing is triangulated, so nothing is wrong backwards: the rule would only make outlines grow and jump.
        var nearMoving = clip.Motion == CameraMotion.Parallax ? NearMoving(frame) : null;
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
                    var qx = ((ux - nx + tx + 0.5) / sx) - 0.5;
                    var qy = ((uy - ny + ty + 0.5) / sy) - 0.5;
                    var expected = pose.Apply(point).Z;
                    if (!(qx >= 0 && qy >= 0 && qx < width - 1 && qy < height - 1) || expected <= PinholeTensors.NearestDepth) continue;
                    votes[count++] = Math.Log(At(other, qx, qy) / unit / expected);
                }

                change[x, y] = (float)Elect(votes[..count], nearMoving?[nx, ny] > 0);
            }
        });
        var fused = Changed(own, change, nearMoving is null ? change : Filters.MedianBlur(change, SpeckWindow));
        return keepSurfaces ? Kept(own, fused) : fused;
    }

    /// <summary>
    /// Applies the elected changes, but for those of specks: where the nearer side may win, votes of two surfaces win by turns along outlines.
    /// </summary>
    private static Raster<float> Changed(Raster<float> own, Raster<float> change, Raster<float> around)
    {
        var fused = new Raster<float>(own.Width, own.Height);
        for (var i = 0; i < fused.Samples.Length; i++)
        {
            float elected = change.Samples[i], usual = around.Samples[i];
            fused.Samples[i] = own.Samples[i] * MathF.Exp(MathF.Abs(elected - usual) > Disagreement ? usual : elected);
        }

        return fused;
    }

    private static Raster<float> Kept(Raster<float> own, Raster<float> fused) => new(own.Width, own.Height, 1,
        [.. own.Samples.Zip(fused.Samples, (o, f) => MathF.Abs(MathF.Log(f / o)) > OtherSurface ? o : f)]);

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

    /// <summary>Depth between pixels: linear in disparity, as planes are; across an edge, the nearest pixel's.</summary>
    private static double At(Raster<float> depth, double x, double y)
    {
        int x0 = (int)x, y0 = (int)y;
        double a = x - x0, b = y - y0;
        float d00 = depth[x0, y0], d10 = depth[x0 + 1, y0], d01 = depth[x0, y0 + 1], d11 = depth[x0 + 1, y0 + 1];
        var near = Math.Min(Math.Min(d00, d10), Math.Min(d01, d11));
        var far = Math.Max(Math.Max(d00, d10), Math.Max(d01, d11));
        return far > near * SmoothRatio
            ? depth[(int)Math.Round(x), (int)Math.Round(y)]
            : 1 / (((1 - b) * (((1 - a) / d00) + (a / d10))) + (b * (((1 - a) / d01) + (a / d11))));
    }

    /// <summary>
    /// The mean of the middle third. Near moving objects under parallax, where views disagree, a vote from the nearer side: masks miss parts of them, and what is triangulated
    /// as if it stood still is mostly wrong backwards.
    /// </summary>
    private static double Elect(Span<double> votes, bool nearMoving)
    {
        votes.Sort();
        var last = votes.Length - 1;
        if (nearMoving && votes[(int)Math.Ceiling(0.8 * last)] - votes[(int)(0.2 * last)] > Disagreement) return votes[last / 3];
        var cut = votes.Length / 3;
        var sum = 0.0;
        foreach (var vote in votes[cut..^cut]) sum += vote;
        return sum / (votes.Length - (2 * cut));
    }

    /// <summary>Beside what the masks found, not on it: there, views that disagree are those whose long flow went astray, on either side.</summary>
    private Raster<byte> NearMoving(int frame)
    {
        var near = Filters.Dilate(
            new Raster<byte>(clip.Width, clip.Height, 1, Array.ConvertAll(clip.Moving[frame], m => m ? (byte)255 : (byte)0)), MissedMaskPixels);
        for (var i = 0; i < near.Samples.Length; i++)
        {
            if (clip.Moving[frame][i]) near.Samples[i] = 0;
        }

        return near;
    }
}
