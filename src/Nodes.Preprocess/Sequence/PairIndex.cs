using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Preprocess.Sequence;

/// <summary>Lists the pairs of frames whose flow was measured, with what they are good for.</summary>
internal static class PairIndex
{
    /// <summary>About one pair in this many is held out; never one of neighbouring frames, which hold the clip together.</summary>
    private const int HoldOutEvery = 9;

    public static List<SequencePair> Build(StageContext context, ClipMaps maps, bool[][] masks, CancellationToken cancellation)
    {
        var pairs = new List<SequencePair>();
        foreach (var gap in context.Options.Flow.Gaps)
        {
            for (var i = 0; i + gap < maps.Frames.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!context.Inputs.Exists(Stages.Flow, Artifacts.Flow(i, i + gap))) continue;
                var (forward, backward) = maps.Flow(i, i + gap);
                var moving = Moving(forward, masks[i], maps.Frames.TrainWidth);
                pairs.Add(new SequencePair(i, i + gap, gap, IsHeldOut(i, gap), forward.ValidPixels, backward.ValidPixels,
                    forward.ValidPixels - moving, moving));
            }
        }

        if (pairs.Count == 0)
        {
            throw new Depth3DException($"no flow was found for the gaps {string.Join(", ", context.Options.Flow.Gaps)} in {maps.Frames.Count} frames",
                context.Clip.ToString(), "the clip needs at least two frames and the smallest gap must be shorter than it");
        }

        return pairs;
    }

    /// <summary>A fixed pattern, so that the choice is the same in every run.</summary>
    public static bool IsHeldOut(int frame, int gap) => gap > 1 && ((frame * 5) + gap) % HoldOutEvery == 4;

    private static int Moving(DirectedFlow flow, bool[] mask, int width)
    {
        var count = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] && flow.TryTarget(i % width, i / width, out _, out _)) count++;
        }

        return count;
    }
}
