using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Optimisation;

/// <summary>A truth scene as the optimisation sees it: exact flow, masks and cameras, and a prior that is wrong in a known way.</summary>
internal sealed class TruthClip
{
    public const int Width = 192;
    public const int Height = 112;

    private TruthClip(TruthScene scene, float[][] depth, bool[][] moving, byte[][] bodies, float[][] prior, List<(DirectedFlow, bool)> flows, double scale)
    {
        Scene = scene;
        Depth = depth;
        Moving = moving;
        Bodies = bodies;
        Prior = prior;
        Flows = flows;
        Cameras = scene.Cameras(Width, Height).ScaledBy(scale);
        Clip = TrainingClip.Create(Cameras, Width, Height, prior, moving, flows);
    }

    public TruthScene Scene { get; }

    public float[][] Depth { get; }

    public bool[][] Moving { get; }

    public byte[][] Bodies { get; }

    public float[][] Prior { get; }

    public List<(DirectedFlow Flow, bool HeldOut)> Flows { get; }

    public CameraTrack Cameras { get; }

    public TrainingClip Clip { get; }

    /// <param name="flowNoise">Standard deviation of noise on the flow, pixels.</param>
    public static TruthClip Make(int frames, PriorError error, TruthCameraMotion motion = TruthCameraMotion.Arc, int seed = 1,
        double flowNoise = 0.1)
    {
        var scene = TruthScene.Courtyard(frames, motion);
        var rendered = Enumerable.Range(0, frames).Select(i => TruthRenderer.Render(scene, i, Width, Height)).ToArray();
        var depth = rendered.Select(f => f.Depth.Samples).ToArray();
        var bodies = rendered.Select(f => f.BodyIds.Samples).ToArray();
        var moving = bodies.Select(b => Array.ConvertAll(b, id => id > 0)).ToArray();
        var prior = Enumerable.Range(0, frames).Select(i => error.Apply(depth[i], bodies[i], Width, Height, i, seed)).ToArray();
        var flows = new List<(DirectedFlow, bool)>();
        foreach (var gap in new[] { 1, 2, 4, 6, 8 })
        {
            for (var i = 0; i + gap < frames; i++)
            {
                var held = gap > 1 && ((i * 5) + gap) % 9 == 4;
                flows.Add((Measure(scene, i, i + gap, flowNoise, seed), held));
                flows.Add((Measure(scene, i + gap, i, flowNoise, seed), held));
            }
        }

        return new TruthClip(scene, depth, moving, bodies, prior, flows, 1);
    }

    /// <summary>Refined depth of every frame, training size.</summary>
    public float[][] Refine(FieldOptimiser optimiser) => [.. Depth.Select((_, f) =>
    {
        var correction = optimiser.Correction(f);
        return Prior[f].Select((p, i) => (float)(p * Math.Exp(correction.At(i % Width, i / Width, Moving[f][i] ? 1 : 0)))).ToArray();
    })];

    private static DirectedFlow Measure(TruthScene scene, int from, int to, double noise, int seed)
    {
        var field = TruthFlow.Between(scene, from, to, Width, Height);
        var random = new CounterRandom(seed, (from * 1000) + to, 7);
        var flow = (float[])field.Flow.Samples.Clone();
        for (var i = 0; i < flow.Length; i++) flow[i] += (float)(noise * random.Normal((ulong)i));
        return new DirectedFlow(from, to, Width, Height, flow, field.Visible.Samples);
    }
}
