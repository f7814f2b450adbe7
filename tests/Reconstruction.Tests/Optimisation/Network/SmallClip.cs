using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Optimisation.Network;

/// <summary>A truth scene at a size that whole-picture training can afford in a test, with pictures.</summary>
internal sealed class SmallClip
{
    private SmallClip(float[][] depth, float[][] prior, TrainingClip clip, ClipPictures pictures) =>
        (Depth, Prior, Clip, Pictures) = (depth, prior, clip, pictures);

    public float[][] Depth { get; }

    public float[][] Prior { get; }

    public TrainingClip Clip { get; }

    public ClipPictures Pictures { get; }

    public static SmallClip Make(int frames, int width = 96, int height = 64, PriorError? error = null, bool moving = true)
    {
        var scene = TruthScene.Courtyard(frames, movingObjects: moving);
        var rendered = Enumerable.Range(0, frames).Select(i => TruthRenderer.Render(scene, i, width, height)).ToArray();
        var depth = rendered.Select(f => f.Depth.Samples).ToArray();
        var prior = rendered.Select((f, i) => (error ?? PriorError.Noisy).Apply(f.Depth.Samples, f.BodyIds.Samples, width, height, i, 1)).ToArray();
        var masks = rendered.Select(f => Array.ConvertAll(f.MovingMask.Samples, m => m > 0)).ToArray();
        var flows = from gap in new[] { 1, 2, 4, 6, 8 }
                    from i in Enumerable.Range(0, Math.Max(0, frames - gap))
                    from pair in new[] { (From: i, To: i + gap), (From: i + gap, To: i) }
                    select (Flow(scene, pair.From, pair.To, width, height), false);
        var clip = TrainingClip.Create(scene.Cameras(width, height), width, height, prior, masks, flows);
        return new SmallClip(depth, prior, clip, new ClipPictures([.. rendered.Select(f => f.Rgb)]));
    }

    /// <summary>Mean |depth - truth| / truth of static and moving pixels, after one scale per clip.</summary>
    public (double Static, double Moving) AbsRel(Func<int, int, double> logCorrection)
    {
        var refined = Prior.Select((p, f) => p.Select((d, i) => d * Math.Exp(logCorrection(f, i))).ToArray()).ToArray();
        var ratios = Depth.SelectMany((d, f) => d.Select((t, i) => t / refined[f][i])).Order().ToArray();
        var scale = ratios[ratios.Length / 2];
        double Mean(bool moving) => Depth.SelectMany((d, f) => d.Select((t, i) => (Moving: Clip.Moving[f][i], Error: Math.Abs((scale * refined[f][i]) - t) / t)))
            .Where(e => e.Moving == moving).Select(e => e.Error).DefaultIfEmpty().Average();
        return (Mean(false), Mean(true));
    }

    public (double Static, double Moving) AbsRel(IClipOptimiser optimiser)
    {
        var corrections = Enumerable.Range(0, Clip.Frames).Select(optimiser.Correction).ToArray();
        return AbsRel((f, i) => corrections[f].At(i % Clip.Width, i / Clip.Width, Clip.Moving[f][i] ? 1 : 0));
    }

    private static DirectedFlow Flow(TruthScene scene, int from, int to, int width, int height)
    {
        var field = TruthFlow.Between(scene, from, to, width, height);
        return new DirectedFlow(from, to, width, height, field.Flow.Samples, field.Visible.Samples);
    }
}
