using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer.Tests;

public sealed class BadInputTests : IDisposable
{
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
        SafeTensors.Write(path, [], new Dictionary<string, string> { ["format"] = "depth3d-field", ["version"] = "2", ["step"] = "15" });
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

    [Fact]
    public async Task RefusesAPriorThatIsNotPositive()
    {
        var depth = new float[TruthInputs.Height * TruthInputs.Width];
        Npy.Write(_inputs.New(Stages.Prior, Artifacts.Prior(2)), depth, TruthInputs.Height, TruthInputs.Width);
        Assert.Contains("prior depth 0", (await Refused(0)).Message);
    }

    private async Task<string> FirstCheckpoint()
    {
        var options = ChainRun.Options with { Train = ChainRun.Options.Train with { WarmupSteps = 0 } };
        await ChainRun.One(_inputs, options, 0);
        return _inputs.PathOf(Stages.Train, Artifacts.Checkpoint(0));
    }

    private Task<Depth3DException> Refused(int task = 1) => Assert.ThrowsAsync<Depth3DException>(() =>
        ChainRun.One(_inputs, ChainRun.Options with { Train = ChainRun.Options.Train with { WarmupSteps = 0 } }, task));
}
