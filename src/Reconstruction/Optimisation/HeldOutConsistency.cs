using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// How consistent depth and cameras are on pairs of frames that were never trained on (spec 9.19), on pixels that stand still: a pixel's depth
/// and the cameras say where it is seen in the other frame and how far away. A clip too short to hold pairs out is measured on its own forward pairs.
/// </summary>
/// <remarks>
/// Without parallax the predicted place does not depend on depth, so <see cref="PairConsistency.FlowPixels"/> judges the cameras alone; see
/// <see cref="FlowMeasuresDepth"/>.
/// </remarks>
public static class HeldOutConsistency
{
    private const int PixelStride = 3;

    /// <summary>Whether <see cref="PairConsistency.FlowPixels"/> depends on depth in this clip.</summary>
    public static bool FlowMeasuresDepth(TrainingClip clip) => clip.Motion == CameraMotion.Parallax;

    /// <summary>Number of pairs that <see cref="Measure(TrainingClip, IReadOnlyList{FrameCorrection}?)"/> looks at.</summary>
    public static int Pairs(TrainingClip clip) => Flows(clip).Count;

    /// <param name="corrections">By frame; null for the prior itself.</param>
    public static PairConsistency Measure(TrainingClip clip, IReadOnlyList<FrameCorrection>? corrections) =>
        Measure(clip, frame => Corrected(clip, frame, corrections?[frame]), 1);

    /// <param name="depth">Depth of a frame in the prior's unit at any size, asked for once per frame.</param>
    public static PairConsistency Measure(TrainingClip clip, Func<int, Raster<float>> depth) => Measure(clip, depth, clip.DepthUnit);

    private static PairConsistency Measure(TrainingClip clip, Func<int, Raster<float>> depth, double unit)
    {
        var flows = Flows(clip);
        var maps = new Raster<float>?[clip.Frames];
        foreach (var frame in flows.SelectMany(f => new[] { f.From, f.To }).Distinct())
            maps[frame] = DisparitySampling.Resize(depth(frame), clip.Width, clip.Height);
        var sums = new Sums[flows.Count];
        Parallel.For(0, flows.Count, i => sums[i] = OfPair(clip, flows[i], maps[flows[i].From]!, maps[flows[i].To]!, unit));
        return Sums.Mean(sums);
    }

    private static IReadOnlyList<DirectedFlow> Flows(TrainingClip clip) =>
        clip.HeldOut.Length > 0 ? clip.HeldOut : [.. clip.FlowsFrom.SelectMany(f => f).Where(f => f.To > f.From)];

    private static Raster<float> Corrected(TrainingClip clip, int frame, FrameCorrection? correction)
    {
        var depth = new Raster<float>(clip.Width, clip.Height);
        var (log, moving) = (clip.LogPriorDepth[frame], clip.Moving[frame]);
        Parallel.For(0, clip.Height, y =>
        {
            for (var x = 0; x < clip.Width; x++)
            {
                var i = (y * clip.Width) + x;
                depth.Samples[i] = (float)Math.Exp(log[i] + (correction?.At(x, y, moving[i] ? 1 : 0) ?? 0));
            }
        });
        return depth;
    }

    private static Sums OfPair(TrainingClip clip, DirectedFlow flow, Raster<float> from, Raster<float> to, double unit)
    {
        var k = clip.Intrinsics;
        var pose = clip.CamFromWorld[flow.To] * clip.CamFromWorld[flow.From].Inverse();
        var sums = default(Sums);
        var pixels = clip.StaticPixels[flow.From];
        for (var n = 0; n < pixels.Length; n += PixelStride)
        {
            int x = pixels[n] % clip.Width, y = pixels[n] / clip.Width;
            if (!flow.TryTarget(x, y, out var tx, out var ty) || MovesAt(clip, flow.To, tx, ty)) continue;
            var p = pose.Apply(k.Unproject(x, y, from[x, y] / unit));
            var seen = DisparitySampling.OnSurface(to, tx, ty) / unit;
            if (p.Z < PinholeTensors.NearestDepth || !(seen > 0)) continue;
            var (u, v) = k.Project(p);
            sums.Add(Math.Sqrt(((u - tx) * (u - tx)) + ((v - ty) * (v - ty))), p.Z, seen);
        }

        return sums;
    }

    /// <summary>What the flow puts on something that moves was measured wrongly, or is about to be hidden.</summary>
    private static bool MovesAt(TrainingClip clip, int frame, float x, float y) =>
        clip.Moving[frame][((int)Math.Round(y) * clip.Width) + (int)Math.Round(x)];

    /// <summary>Sums of one pair, added up in the order of the pairs so that the result does not depend on threads.</summary>
    private struct Sums
    {
        private double _flow, _log, _difference, _disparity;
        private long _count;

        public void Add(double flowPixels, double predicted, double seen)
        {
            _flow += flowPixels;
            _log += Math.Abs(Math.Log(predicted / seen));
            _difference += Math.Abs((1 / predicted) - (1 / seen));
            _disparity += 1 / seen;
            _count++;
        }

        public static PairConsistency Mean(IEnumerable<Sums> pairs)
        {
            var all = default(Sums);
            foreach (var s in pairs)
            {
                all._flow += s._flow;
                all._log += s._log;
                all._difference += s._difference;
                all._disparity += s._disparity;
                all._count += s._count;
            }

            return all._count == 0 ? default : new(all._flow / all._count, all._log / all._count, all._difference / all._disparity, all._count);
        }
    }
}
