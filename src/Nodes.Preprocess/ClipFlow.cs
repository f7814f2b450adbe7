using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Flow;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Nodes.Preprocess;

/// <summary>The pairs that stage flow left, by frame. Nothing is kept in memory: a long clip's flow is larger than that.</summary>
internal sealed class ClipFlow(IArtifactReader inputs, int frameCount, IReadOnlyList<int> gaps)
{
    /// <summary>What <paramref name="frame"/> sees of every frame that flow joins to it, nearest first, earlier before later.</summary>
    public IReadOnlyList<MotionView> Views(int frame)
    {
        var views = new List<MotionView>(2 * gaps.Count);
        foreach (var gap in gaps.Order())
        {
            foreach (var other in (ReadOnlySpan<int>)[frame - gap, frame + gap])
            {
                if (other < 0 || other >= frameCount) continue;
                var (flow, valid) = Pair(Math.Min(frame, other), Math.Max(frame, other)).From(frame);
                views.Add(new MotionView(other - frame, flow, valid));
            }
        }

        return views;
    }

    /// <summary>Flow from <paramref name="frame"/> to the frame <paramref name="gap"/> later, or null where no such pair was measured.</summary>
    public Raster<float>? Forward(int frame, int gap) =>
        gaps.Contains(gap) && frame + gap < frameCount ? Pair(frame, frame + gap).Forward : null;

    /// <summary>The frames as these inputs number them: in a window of a long clip the file's own numbers are the clip's.</summary>
    private FlowPair Pair(int frame1, int frame2) =>
        FlowFile.Read(inputs.PathOf(Stages.Flow, Artifacts.Flow(frame1, frame2))) with { Frame1 = frame1, Frame2 = frame2 };
}
