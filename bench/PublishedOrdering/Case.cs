using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.PublishedOrdering;

/// <summary>A truth scene whose first frames have flow to the five published gaps each, and nothing else: every step has five pairs.</summary>
internal sealed class Case
{
    private static readonly int[] Gaps = [1, 2, 4, 6, 8];

    public Case(int groups, int width, int height)
    {
        var frames = groups + Gaps[^1];
        var scene = TruthScene.Courtyard(frames);
        var rendered = Enumerable.Range(0, frames).Select(i => TruthRenderer.Render(scene, i, width, height)).ToArray();
        Flows = [.. from i in Enumerable.Range(0, groups) from gap in Gaps select Flow(scene, i, i + gap, width, height)];
        Clip = TrainingClip.Create(scene.Cameras(width, height), width, height, [.. rendered.Select(f => f.Depth.Samples)],
            [.. rendered.Select(f => Array.ConvertAll(f.MovingMask.Samples, m => m > 0))], Flows.Select(f => (f, false)));
        Pictures = new ClipPictures([.. rendered.Select(f => f.Rgb)]);
        Rgb = [.. rendered.Select(f => Enumerable.Range(0, 3 * width * height).Select(i => f.Rgb.Samples[(3 * (i % (width * height))) + (i / (width * height))] / 255f).ToArray())];
    }

    public TrainingClip Clip { get; }

    public ClipPictures Pictures { get; }

    public IReadOnlyList<DirectedFlow> Flows { get; }

    /// <summary>Pictures as networks take them, [3, H, W] in [0, 1].</summary>
    public IReadOnlyList<float[]> Rgb { get; }

    public static int PairsPerStep => Gaps.Length;

    private static DirectedFlow Flow(TruthScene scene, int from, int to, int width, int height)
    {
        var field = TruthFlow.Between(scene, from, to, width, height);
        return new DirectedFlow(from, to, width, height, field.Flow.Samples, field.Visible.Samples);
    }
}
