using Depth3D.Imaging;
using Depth3D.Reconstruction.Flow;
using Depth3D.Reconstruction.Masks;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Flow;

/// <summary>The truth scene's frames with views by exact flow, or by DIS as the flow stage measures it.</summary>
internal sealed class TruthViews
{
    public static readonly int[] Gaps = [1, 2, 4, 6, 8];

    private readonly Dictionary<(int From, int To), MotionView> _views = [];

    public required TruthScene Scene { get; init; }

    /// <summary>At the size of the pictures.</summary>
    public required TruthFrame[] Frames { get; init; }

    public int Count => Frames.Length;

    /// <summary>Views by exact flow at the size of the pictures.</summary>
    public static TruthViews Exact(int frames, int width, int height, TruthCameraMotion motion = TruthCameraMotion.Arc)
    {
        var clip = Render(frames, width, height, motion);
        foreach (var gap in Gaps)
        {
            for (var i = 0; i + gap < frames; i++)
            {
                clip.AddExact(i, i + gap, width, height);
                clip.AddExact(i + gap, i, width, height);
            }
        }

        return clip;
    }

    /// <summary>Views by chained DIS at another size than the pictures.</summary>
    public static TruthViews Measured(int frames, int width, int height, int trainWidth, int trainHeight,
        TruthCameraMotion motion = TruthCameraMotion.Arc, string scene = "courtyard")
    {
        var clip = Render(frames, width, height, motion, scene);
        using var dis = new ThreadLocal<DisFlow>(() => new DisFlow(DisPreset.Medium));
        new FlowChain(new FlowChainSettings(Gaps, trainWidth, trainHeight), (a, b, start) => dis.Value!.Compute(a, b, start))
            .Run(0, frames - 1, frames, i => Colour.ToGray(clip.Frames[i].Rgb), clip.Add);
        return clip;
    }

    public IReadOnlyList<MotionView> Of(int frame) =>
        [.. Gaps.SelectMany(g => new[] { frame - g, frame + g }).Where(other => _views.ContainsKey((frame, other))).Select(other => _views[(frame, other)])];

    private static TruthViews Render(int frames, int width, int height, TruthCameraMotion motion, string name = "courtyard")
    {
        var scene = TruthScene.Named(name, frames, motion);
        return new TruthViews { Scene = scene, Frames = [.. Enumerable.Range(0, frames).Select(i => TruthRenderer.Render(scene, i, width, height))] };
    }

    private void Add(FlowPair pair)
    {
        _views[(pair.Frame1, pair.Frame2)] = new MotionView(pair.Gap, pair.Forward, pair.ForwardValid);
        _views[(pair.Frame2, pair.Frame1)] = new MotionView(-pair.Gap, pair.Backward, pair.BackwardValid);
    }

    private void AddExact(int from, int to, int width, int height)
    {
        var field = TruthFlow.Between(Scene, from, to, width, height);
        _views[(from, to)] = new MotionView(to - from, field.Flow, field.Visible);
    }
}
