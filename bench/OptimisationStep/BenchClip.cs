using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Bench.OptimisationStep;

/// <summary>A truth scene with exact flow and a prior that is one tenth off in every other frame.</summary>
internal static class BenchClip
{
    private static readonly int[] Gaps = [1, 2, 4, 6, 8];

    public static TrainingClip Make(int frames, int width, int height, bool moving)
    {
        var scene = TruthScene.Courtyard(frames, movingObjects: moving);
        var rendered = Enumerable.Range(0, frames).Select(i => TruthRenderer.Render(scene, i, width, height)).ToArray();
        var prior = rendered.Select((f, i) => Array.ConvertAll(f.Depth.Samples, d => d * (i % 2 == 0 ? 1.1f : 1))).ToArray();
        var masks = rendered.Select(f => Array.ConvertAll(f.MovingMask.Samples, m => m > 0)).ToArray();
        var flows = from gap in Gaps
                    from i in Enumerable.Range(0, frames - gap)
                    from pair in new[] { (From: i, To: i + gap), (From: i + gap, To: i) }
                    select (Flow(scene, pair.From, pair.To, width, height), false);
        return TrainingClip.Create(scene.Cameras(width, height), width, height, prior, masks, flows);
    }

    private static DirectedFlow Flow(TruthScene scene, int from, int to, int width, int height)
    {
        var field = TruthFlow.Between(scene, from, to, width, height);
        return new DirectedFlow(from, to, width, height, field.Flow.Samples, field.Visible.Samples);
    }
}
