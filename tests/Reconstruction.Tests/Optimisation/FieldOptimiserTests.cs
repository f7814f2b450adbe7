using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Optimisation;

public sealed class FieldOptimiserTests
{
    private static readonly FieldSettings Short = new() { WarmupSteps = 60, JointSteps = 120, StaticSamples = 16_000, MovingPointsPerFrame = 48 };

    [Fact]
    public async Task G1_ANoisyPriorBecomesAccurateAndSteady()
    {
        var clip = TruthClip.Make(16, PriorError.Noisy);
        var (before, after) = await Scores(clip, Short);
        Assert.True(after.Static <= 0.3 * before.Static, $"static {before.Static} -> {after.Static}");
        Assert.True(after.Moving <= 0.8 * before.Moving, $"moving {before.Moving} -> {after.Moving}");
        Assert.True(after.Flicker <= 0.2 * before.Flicker, $"flicker {before.Flicker} -> {after.Flicker}");
        Assert.True(after.MovingFlicker <= 0.2 * before.MovingFlicker, $"moving flicker {before.MovingFlicker} -> {after.MovingFlicker}");
    }

    [Fact]
    public async Task ABiasedPriorOfMovingThingsGetsNoWorse()
    {
        var clip = TruthClip.Make(16, PriorError.Geometric);
        var (before, after) = await Scores(clip, Short with { StaticAnchor = 3 });
        Assert.True(after.Static <= before.Static, $"static {before.Static} -> {after.Static}");
        Assert.True(after.Moving <= before.Moving, $"moving {before.Moving} -> {after.Moving}");
        Assert.True(after.Flicker <= 0.6 * before.Flicker, $"flicker {before.Flicker} -> {after.Flicker}");
    }

    [Fact]
    public async Task ARotatingCameraKeepsTheLevelOfThePrior()
    {
        var clip = TruthClip.Make(12, PriorError.Noisy, TruthCameraMotion.RotationOnly);
        var (before, after) = await Scores(clip, Short);
        Assert.True(after.Static <= before.Static, $"static {before.Static} -> {after.Static}");
        Assert.True(after.Flicker <= 0.2 * before.Flicker, $"flicker {before.Flicker} -> {after.Flicker}");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(17)]
    public async Task AnInterruptedRunEndsWithTheSameBytes(int interruptedAt)
    {
        var clip = TruthClip.Make(10, PriorError.Noisy).Clip;
        var settings = Short with { WarmupSteps = 10, JointSteps = 20, StaticSamples = 4000 };
        var whole = await TorchThread.Run(() => Checkpoint(clip, settings, null, 30));
        var resumed = await TorchThread.Run(() => Checkpoint(clip, settings, Checkpoint(clip, settings, null, interruptedAt), 30));
        Assert.Equal(30, resumed.Step);
        Assert.Equal(whole.Tensors.Select(t => t.Name), resumed.Tensors.Select(t => t.Name));
        foreach (var (a, b) in whole.Tensors.Zip(resumed.Tensors)) Assert.Equal(a.Values, b.Values);
    }

    [Fact]
    public async Task ALossThatIsNoNumberNamesStepAndFrames()
    {
        var good = TruthClip.Make(10, PriorError.Noisy);
        var cameras = good.Cameras.Frames.ToArray();
        cameras[6] = new FrameCamera(new RigidTransform(cameras[6].CamFromWorld.Rotation, new Vec3(double.NaN, 0, 0)));
        var clip = TrainingClip.Create(good.Cameras with { Frames = cameras }, TruthClip.Width, TruthClip.Height, good.Prior,
            [.. good.Moving.Select(m => new bool[m.Length])], good.Flows);
        var e = await Assert.ThrowsAsync<Depth3DException>(() => TorchThread.Run(() => Checkpoint(clip, Short with { WarmupSteps = 0 }, null, 30)));
        Assert.Contains("step 0", e.Message);
        Assert.Matches(@"frames (6 and \d+|\d+ and 6),", e.Message);
    }

    [Fact]
    public void SamplingCoversTheEndsOfALongClip()
    {
        var clip = TruthClip.Make(12, PriorError.Noisy).Clip;
        var sampler = new PointSampler(clip, Short with { WindowFrames = 4 });
        var starts = Enumerable.Range(0, 200).Select(s => sampler.Window(s)).ToArray();
        Assert.All(starts, w => Assert.True(w is { First: >= 0, Count: 4 } && w.First + 4 <= 12));
        Assert.True(starts.Count(w => w.First == 0) > 30 && starts.Count(w => w.First == 8) > 30);
    }

    [Fact]
    public void AnUnknownDeviceIsRefused()
    {
        Assert.Contains("not a device", Assert.Throws<Depth3DException>(() => ComputeDevice.Parse("tpu")).Message);
        Assert.Contains("is not available", Assert.Throws<Depth3DException>(() => ComputeDevice.Parse("cuda:99")).Message);
    }

    private static async Task<(DepthScore Before, DepthScore After)> Scores(TruthClip clip, FieldSettings settings) => await TorchThread.Run(() =>
    {
        using var optimiser = new FieldOptimiser(clip.Clip, settings);
        optimiser.Run(settings.TotalSteps, null, CancellationToken.None);
        return (DepthScore.Of(clip, clip.Prior), DepthScore.Of(clip, clip.Refine(optimiser)));
    });

    private static OptimiserCheckpoint Checkpoint(TrainingClip clip, FieldSettings settings, OptimiserCheckpoint? from, int untilStep)
    {
        using var optimiser = new FieldOptimiser(clip, settings);
        from?.Restore(optimiser, "clip", "memory");
        optimiser.Run(untilStep, null, CancellationToken.None);
        return OptimiserCheckpoint.Capture(optimiser, "clip");
    }
}
