using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Trainer.Tests;

public sealed class TrainStageTests
{
    [Fact]
    public void PlansAChainOfChunks()
    {
        using var inputs = new TruthInputs();
        var plan = new TrainStage().Plan(new StagePlanContext(ChainRun.Options, inputs));
        Assert.Equal(["steps 0-14", "steps 15-29", "steps 30-39"], plan.Select(t => t.Label));
        Assert.Equal([false, true, true], plan.Select(t => t.AfterPrevious));
    }

    [Fact]
    public async Task TheChainLeavesRefinedDepthAndTheSameBytesAsOneChunk()
    {
        using var chained = new TruthInputs();
        var progress = await ChainRun.All(chained, ChainRun.Options);
        using var whole = new TruthInputs();
        await ChainRun.All(whole, ChainRun.Options with { Train = ChainRun.Options.Train with { ChunkSteps = 1000 } });

        var (once, pieces) = (whole.PathOf(Stages.Train, Artifacts.Checkpoint(0)), chained.PathOf(Stages.Train, Artifacts.Checkpoint(2)));
        var different = string.Join(", ", CheckpointFile.Read(once).Tensors.Zip(CheckpointFile.Read(pieces).Tensors)
            .Where(t => !t.First.Values.SequenceEqual(t.Second.Values))
            .Select(t => $"{t.First.Name}: {t.First.Values.Zip(t.Second.Values).Count(v => v.First != v.Second)} of {t.First.Values.Length}"));
        Assert.True(different.Length == 0, different);
        Assert.Equal(1, progress[^1].Fraction);
        Assert.True(progress.Zip(progress.Skip(1)).All(p => p.First.Fraction <= p.Second.Fraction));
        for (var f = 0; f < TruthInputs.Frames; f++)
        {
            Assert.Equal(File.ReadAllBytes(whole.PathOf(Stages.Train, Artifacts.Refined(f))),
                File.ReadAllBytes(chained.PathOf(Stages.Train, Artifacts.Refined(f))));
        }

        Assert.Equal(1 + 15, File.ReadAllLines(chained.PathOf(Stages.Train, Artifacts.Losses(1))).Length);
        Assert.Equal((4 * TruthInputs.Width, 2 * TruthInputs.Height), ImageFile.ReadSize(chained.PathOf(Stages.Train, Artifacts.TrainPreview(0, 0))));
        var info = StageJson.Read<TrainInfo>(chained.PathOf(Stages.Train, Artifacts.TrainIndex));
        Assert.Equal(40, info.Steps);
        Assert.True(info.HeldOut.FlowMeasuresDepth);
        Assert.True(info.HeldOut.Optimised.FlowPixels < 0.5 * info.HeldOut.Prior.FlowPixels, info.ToString());
        Assert.True(info.HeldOut.Published.FlowPixels < 0.5 * info.HeldOut.Prior.FlowPixels, info.ToString());
        Assert.True(info.HeldOut.Published.LogDepth < 0.01, info.ToString());
        Assert.True(info.NearDepth > 0 && info.FarDepth > info.NearDepth, info.ToString());
    }

    [Fact]
    public async Task RefinedCamerasArePublishedAndTheSameHoweverTheChainIsCut()
    {
        var options = ChainRun.Options with { Train = ChainRun.Options.Train with { WarmupSteps = 2, Steps = 8, ChunkSteps = 5, RefineCameras = true } };
        using var chained = new TruthInputs();
        await ChainRun.All(chained, options);
        using var whole = new TruthInputs();
        await ChainRun.All(whole, options with { Train = options.Train with { ChunkSteps = 100 } });
        var path = chained.PathOf(Stages.Train, Artifacts.RefinedCameras);
        Assert.Equal(File.ReadAllBytes(whole.PathOf(Stages.Train, Artifacts.RefinedCameras)), File.ReadAllBytes(path));
        var errors = CameraError.Compare(CameraTrack.Load(path), TruthScene.Courtyard(TruthInputs.Frames).Cameras(TruthInputs.Width, TruthInputs.Height));
        Assert.InRange(errors.RotationMaxDegrees, 0, 0.2);
        Assert.InRange(errors.PositionShare!.Value, 0, 0.05);

        using var kept = new TruthInputs();
        await ChainRun.All(kept, options with { Train = options.Train with { RefineCameras = false, Steps = 1, WarmupSteps = 0 } });
        Assert.False(kept.Exists(Stages.Train, Artifacts.RefinedCameras));
    }

    [Fact]
    public async Task ARotatingCameraNeitherCollapsesNorFlickers()
    {
        using var inputs = new TruthInputs(TruthCameraMotion.RotationOnly);
        await ChainRun.All(inputs, ChainRun.Options with { Train = ChainRun.Options.Train with { Steps = 60, ChunkSteps = 100 } });
        var levels = new List<double>();
        for (var f = 0; f < TruthInputs.Frames; f++)
        {
            var refined = Npy.Read(inputs.PathOf(Stages.Train, Artifacts.Refined(f))).As<float>();
            var prior = Npy.Read(inputs.PathOf(Stages.Prior, Artifacts.Prior(f))).As<float>();
            var (sum, count) = (0.0, 0);
            for (var i = 0; i < refined.Length; i++) (sum, count) = (sum + Math.Log(refined[i] / (prior[i] / (f % 2 == 0 ? 1.1 : 0.9))), count + 1);
            levels.Add(sum / count);
        }

        Assert.All(levels, l => Assert.InRange(l, -0.03, 0.03));
        var info = StageJson.Read<TrainInfo>(inputs.PathOf(Stages.Train, Artifacts.TrainIndex));
        Assert.InRange(info.FlickerBefore, 0.15, 0.3);
        Assert.InRange(info.FlickerAfter, 0, 0.2 * info.FlickerBefore);
    }

    [Theory]
    [InlineData("nonsense", "not available")]
    [InlineData("field", "cuda:99")]
    public async Task RefusesWhatItCannotDo(string method, string said)
    {
        using var inputs = new TruthInputs();
        var options = ChainRun.Options with { Train = ChainRun.Options.Train with { Method = method, Device = "cuda:99" } };
        var e = await Assert.ThrowsAsync<Depth3DException>(() => ChainRun.One(inputs, options, 0));
        Assert.Contains(said, e.Message);
        Assert.Equal(FailureKind.Usage, e.Kind);
    }

    [Fact]
    public async Task CancellationStopsBetweenSteps()
    {
        using var inputs = new TruthInputs();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ChainRun.One(inputs, ChainRun.Options, 0, cancel.Token));
    }
}
