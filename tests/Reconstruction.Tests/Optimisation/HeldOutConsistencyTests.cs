using Depth3D.Imaging;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Optimisation;

public sealed class HeldOutConsistencyTests
{
    private const int Frames = 10;

    [Fact]
    public void TrueDepthIsConsistentAndNoisyDepthIsNot()
    {
        var clip = TruthClip.Make(Frames, PriorError.Noisy, flowNoise: 0);
        var noisy = HeldOutConsistency.Measure(clip.Clip, corrections: null);
        var exact = HeldOutConsistency.Measure(clip.Clip, f => Map(clip.Depth[f]));
        Assert.True(HeldOutConsistency.FlowMeasuresDepth(clip.Clip));
        Assert.InRange(exact.FlowPixels, 0, 0.01);
        // Interpolating depth across edges is what is left.
        Assert.InRange(exact.LogDepth, 0, 0.005);
        Assert.InRange(exact.RelativeDisparity, 0, 0.005);
        Assert.True(noisy.LogDepth > 0.1 && noisy.RelativeDisparity > 0.1 && noisy.FlowPixels > 0.2, noisy.ToString());
        Assert.True(exact.Count > 10_000);
    }

    [Fact]
    public void OnlyPairsHeldOutCount()
    {
        var clip = TruthClip.Make(Frames, PriorError.Noisy);
        var wrong = clip.Flows.Where(f => !f.HeldOut).Select(f => (f.Flow.From, f.Flow.To)).ToHashSet();
        var spoiled = clip.Flows.Select(f => wrong.Contains((f.Flow.From, f.Flow.To)) ? (Zero(f.Flow), f.HeldOut) : f).ToList();
        var other = TrainingClip.Create(clip.Cameras, TruthClip.Width, TruthClip.Height, clip.Prior, clip.Moving, spoiled);
        Assert.Equal(HeldOutConsistency.Measure(clip.Clip, corrections: null), HeldOutConsistency.Measure(other, corrections: null));
        Assert.Equal(clip.Flows.Count(f => f.HeldOut) / 2, HeldOutConsistency.Pairs(clip.Clip));
    }

    [Fact]
    public void DepthInTheClipsOwnUnitAtAnotherSizeGivesTheSame()
    {
        var clip = TruthClip.Make(Frames, PriorError.Noisy);
        var prior = HeldOutConsistency.Measure(clip.Clip, corrections: null);
        var same = HeldOutConsistency.Measure(clip.Clip, f => Map(clip.Prior[f]));
        Assert.Equal(prior.Count, same.Count);
        Assert.InRange(same.FlowPixels / prior.FlowPixels, 0.9999, 1.0001);
        var doubled = HeldOutConsistency.Measure(clip.Clip, f => Resize.Nearest(Map(clip.Prior[f]), 2 * TruthClip.Width, 2 * TruthClip.Height));
        Assert.InRange(doubled.LogDepth / prior.LogDepth, 0.9, 1.1);
    }

    [Fact]
    public void WithoutParallaxTheFlowErrorIsTheCamerasAndDepthStillDisagrees()
    {
        var clip = TruthClip.Make(Frames, PriorError.Noisy, TruthCameraMotion.RotationOnly);
        var prior = HeldOutConsistency.Measure(clip.Clip, corrections: null);
        var exact = HeldOutConsistency.Measure(clip.Clip, f => Map(clip.Depth[f]));
        Assert.False(HeldOutConsistency.FlowMeasuresDepth(clip.Clip));
        Assert.Equal(exact.FlowPixels, prior.FlowPixels, 6);
        Assert.True(exact.LogDepth < 0.1 * prior.LogDepth, $"{exact} against {prior}");
    }

    [Fact]
    public void AClipWithoutStaticPixelsIsNotMeasured()
    {
        var clip = TruthClip.Make(3, PriorError.Noisy);
        var moving = clip.Moving.Select(m => Array.ConvertAll(m, _ => true)).ToArray();
        var other = TrainingClip.Create(clip.Cameras, TruthClip.Width, TruthClip.Height, clip.Prior, moving, clip.Flows);
        Assert.Equal(default, HeldOutConsistency.Measure(other, corrections: null));
    }

    private static Raster<float> Map(float[] depth) => new(TruthClip.Width, TruthClip.Height, 1, depth);

    private static DirectedFlow Zero(DirectedFlow flow)
    {
        var valid = new byte[TruthClip.Width * TruthClip.Height];
        Array.Fill(valid, (byte)1);
        return new DirectedFlow(flow.From, flow.To, TruthClip.Width, TruthClip.Height, new float[2 * valid.Length], valid);
    }
}
