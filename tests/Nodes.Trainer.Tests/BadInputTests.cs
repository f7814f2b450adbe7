using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer.Tests;

public sealed class BadInputTests : IDisposable
{
    private static readonly DepthOptions Short = ChainRun.Options with { Train = new TrainOptions { WarmupSteps = 0, Steps = 6, ChunkSteps = 3 } };
    private readonly TruthInputs _inputs = new();

    public void Dispose() => _inputs.Dispose();

    [Fact]
    public async Task RefusesATruncatedCheckpoint()
    {
        var path = await FirstCheckpoint();
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Contains(path, (await Refused()).Message);
    }

    [Fact]
    public async Task RefusesACheckpointOfOtherOptions()
    {
        var path = await FirstCheckpoint();
        CheckpointFile.Write(path, CheckpointFile.Read(path) with { Fingerprint = "another" });
        Assert.Contains("another clip or other options", (await Refused()).Message);
    }

    [Fact]
    public async Task RefusesACheckpointOfANewerVersion()
    {
        var path = await FirstCheckpoint();
        SafeTensors.Write(path, [], new Dictionary<string, string> { ["format"] = "depth3d-field", ["version"] = "2", ["step"] = "3" });
        Assert.Contains("version 2", (await Refused()).Message);
    }

    [Fact]
    public async Task RefusesAnotherMethodsCheckpoint()
    {
        var path = await FirstCheckpoint();
        SafeTensors.Write(path, [], new Dictionary<string, string> { ["format"] = "something" });
        Assert.Contains("'something'", (await Refused()).Message);
    }

    [Fact]
    public async Task RefusesAMissingArray()
    {
        var path = await FirstCheckpoint();
        var good = CheckpointFile.Read(path);
        CheckpointFile.Write(path, good with { Tensors = [.. good.Tensors.Skip(1)] });
        Assert.Contains("has no array", (await Refused()).Message);
    }

    [Fact]
    public async Task RefusesAMaskOfAnotherSize()
    {
        ImageFile.WritePng(_inputs.New(Stages.Masks, Artifacts.Mask(3)), new Raster<byte>(64, 40));
        Assert.Contains("mask has shape [40, 64]", (await Refused(0)).Message);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-2f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task RefusesAPriorThatIsNotPositive(float bad)
    {
        var depth = Npy.Read(_inputs.PathOf(Stages.Prior, Artifacts.Prior(2))).As<float>().ToArray();
        depth[777] = bad; // among good ones, so that an average would hide it
        Npy.Write(_inputs.New(Stages.Prior, Artifacts.Prior(2)), depth, TruthInputs.Height, TruthInputs.Width);
        var e = await Refused(0);
        Assert.Contains($"prior depth {bad}", e.What);
        Assert.Contains("prior_00002", e.Message);
        Assert.NotNull(e.Remedy);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-100.0)]
    public async Task RefusesAFocalLengthThatIsNotPositive(double focal)
    {
        Cameras(track => track with { Intrinsics = track.Intrinsics with { Fx = focal } });
        Assert.Contains("focal length", (await Refused(0)).Message);
    }

    [Fact]
    public async Task OneFrameMaskedAllOverIsTrainedWithAWarning()
    {
        MaskAll(3);
        var info = await Trained();
        Assert.Contains(info.Warnings!, w => w.Contains("masked as moving everywhere", StringComparison.Ordinal) && w.Contains(": 3.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllFramesMaskedAreTrainedWithAWarning()
    {
        MaskAll([.. Enumerable.Range(0, TruthInputs.Frames)]);
        var info = await Trained();
        Assert.Contains(info.Warnings!, w => w.StartsWith("Every frame is masked", StringComparison.Ordinal));
        Assert.True(double.IsFinite(info.FinalLoss));
        Assert.True(info.FlickerAfter < info.FlickerBefore, info.ToString());
    }

    [Fact]
    public async Task APairWithoutAValidPixelIsSkippedWithAWarning()
    {
        Invalidate(2, 4);
        var info = await Trained();
        Assert.Contains(info.Warnings!, w => w.StartsWith("2 of 34 directed pairs", StringComparison.Ordinal) && w.Contains("2->4, 4->2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoValidPixelAnywhereIsAnError()
    {
        foreach (var pair in StageJson.Read<SequenceInfo>(_inputs.PathOf(Stages.Sequence, Artifacts.Sequence)).Pairs) Invalidate(pair.Frame1, pair.Frame2);
        Assert.Contains("nothing to optimise against", (await Refused(0)).Message);
    }

    [Fact]
    public async Task CamerasThatJumpAreNamedAndNotTrainedOn()
    {
        Cameras(track => track with { Frames = [.. track.Frames.Select((f, i) => i == 5 ? f with { CamFromWorld = Shifted(f.CamFromWorld, 8) } : f)] });
        var info = await Trained();
        Assert.Contains(info.Warnings!, w => w.StartsWith("The camera jumps between frames 4 and 5; 5 and 6,", StringComparison.Ordinal));
        Assert.True(info.HeldOut.Optimised.FlowPixels < info.HeldOut.Prior.FlowPixels, info.ToString());
    }

    [Fact]
    public async Task ACheckpointOfTheOtherMethodIsRefused()
    {
        var path = await FirstCheckpoint();
        CheckpointFile.Write(path, CheckpointFile.Read(path) with { Method = "network" });
        Assert.Contains("checkpoint of method network; this run trains field", (await Refused()).Message);
    }

    [Fact]
    public async Task AHeaderThatClaimsTerabytesIsRefused()
    {
        var path = await FirstCheckpoint();
        var bytes = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(bytes, 1UL << 42);
        File.WriteAllBytes(path, bytes);
        Assert.Contains("the header claims", (await Refused()).Message);
    }

    private async Task<TrainInfo> Trained()
    {
        await ChainRun.All(_inputs, ChainRun.Options with { Train = new TrainOptions { WarmupSteps = 2, Steps = 8, ChunkSteps = 100 } });
        return StageJson.Read<TrainInfo>(_inputs.PathOf(Stages.Train, Artifacts.TrainIndex));
    }

    private void MaskAll(params int[] frames)
    {
        var mask = new Raster<byte>(TruthInputs.Width, TruthInputs.Height);
        mask.Samples.AsSpan().Fill(255);
        foreach (var f in frames) ImageFile.WritePng(_inputs.New(Stages.Masks, Artifacts.Mask(f)), mask);
    }

    private void Invalidate(int frame1, int frame2)
    {
        var path = _inputs.PathOf(Stages.Flow, Artifacts.Flow(frame1, frame2));
        var arrays = Npz.Read(path);
        var none = NpyArray.From(new Raster<byte>(TruthInputs.Width, TruthInputs.Height));
        Npz.Write(path, ("flow_1_2", arrays["flow_1_2"]), ("flow_2_1", arrays["flow_2_1"]), ("valid_1", none), ("valid_2", none));
    }

    private void Cameras(Func<CameraTrack, CameraTrack> change)
    {
        var path = _inputs.PathOf(Stages.Sequence, Artifacts.ScaledCameras);
        change(CameraTrack.Load(path)).Save(path);
    }

    private static RigidTransform Shifted(RigidTransform camera, double by) =>
        camera with { Translation = camera.Translation + new Vec3(by, 0, 0) };

    private async Task<string> FirstCheckpoint()
    {
        await ChainRun.One(_inputs, Short, 0);
        return _inputs.PathOf(Stages.Train, Artifacts.Checkpoint(0));
    }

    private Task<Depth3DException> Refused(int task = 1) => Assert.ThrowsAsync<Depth3DException>(() =>
        ChainRun.One(_inputs, Short, task));
}
