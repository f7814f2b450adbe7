using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer.Tests;

/// <summary>What happens to a chain that is interrupted, stopped early or short of memory.</summary>
public sealed class LongRunTests : IDisposable
{
    private static readonly DepthOptions Options = ChainRun.Options with { Train = new TrainOptions { WarmupSteps = 1, Steps = 11, ChunkSteps = 4 } };
    private static readonly DepthOptions LongChunks = ChainRun.Options with { Train = new TrainOptions { WarmupSteps = 2, Steps = 20, ChunkSteps = 11 } };

    private readonly TruthInputs _inputs = new();

    public void Dispose() => _inputs.Dispose();

    [Fact]
    public async Task AChunkBrokenOffInItsMiddleLeavesNothingAndEndsWithTheSameBytes()
    {
        await ChainRun.One(_inputs, LongChunks, 0);
        await ChainRun.One(_inputs, LongChunks, 1);
        string[] names = [Artifacts.Checkpoint(1), Artifacts.Losses(1), Artifacts.TrainProgress(1), Artifacts.TrainLog(1), Artifacts.Refined(0)];
        var whole = names.Select(n => File.ReadAllBytes(_inputs.PathOf(Stages.Train, n))).ToArray();
        using var cancel = new CancellationTokenSource();
        Assert.Empty(await ChainRun.BrokenOff(_inputs, LongChunks, 1, stopAtFraction: 0.5, cancel));
        await ChainRun.One(_inputs, LongChunks, 1);
        for (var i = 0; i < names.Length; i++) Assert.Equal(whole[i], File.ReadAllBytes(_inputs.PathOf(Stages.Train, names[i])));
    }

    [Theory]
    [InlineData("field")]
    [InlineData("network")]
    [InlineData("hybrid")]
    public void ThreadsAreTheClipsAndNotTheMachines(string method)
    {
        var options = ChainRun.Options with { Train = ChainRun.Options.Train with { Method = method } };
        Assert.Equal(2, TrainProfile.Method(options, 8).Threads);
        Assert.Equal(5, TrainProfile.Method(options with { Train = options.Train with { Threads = 5 } }, 8).Threads);
        Assert.Throws<Depth3DException>(() => TrainProfile.Method(options with { Train = options.Train with { Threads = 0 } }, 8));
    }

    [Fact]
    public async Task AfterAnEarlyStopChunksPassAndTheLastWritesTheBestState()
    {
        await ChainRun.One(_inputs, Options, 0);
        Forge(0, p => p with { Stopped = true });
        await ChainRun.One(_inputs, Options, 1);
        Assert.False(_inputs.Exists(Stages.Train, Artifacts.Checkpoint(1)));
        await ChainRun.One(_inputs, Options, 2);
        var info = StageJson.Read<TrainInfo>(_inputs.PathOf(Stages.Train, Artifacts.TrainIndex));
        Assert.Equal((12, 4, 4), (info.Steps, info.StepsTaken, info.BestStep));
        Assert.True(info.HeldOut.Optimised.FlowPixels < info.HeldOut.Prior.FlowPixels, info.ToString());
        Assert.Contains("Stopped early", File.ReadAllText(_inputs.PathOf(Stages.Train, Artifacts.TrainLog(2))));
    }

    [Fact]
    public async Task TheBestCheckpointIsKeptNotTheLast()
    {
        await ChainRun.One(_inputs, Options, 0);
        await ChainRun.One(_inputs, Options, 1);
        Forge(1, p => p with { Checks = [.. p.Checks.Select(c => c.Chunk == 0 ? c with { Score = 1e-3 } : c)] });
        await ChainRun.One(_inputs, Options, 2);
        var info = StageJson.Read<TrainInfo>(_inputs.PathOf(Stages.Train, Artifacts.TrainIndex));
        Assert.Equal((12, 4), (info.StepsTaken, info.BestStep));
        var early = StageJson.Read<TrainProgress>(_inputs.PathOf(Stages.Train, Artifacts.TrainProgress(2))).Checks[1];
        Assert.Equal(early.FlowPixels, info.HeldOut.Optimised.FlowPixels, 1e-9);
    }

    [Fact]
    public async Task PatienceOfTheOptionsEndsTheChain()
    {
        await ChainRun.One(_inputs, Options, 0);
        Forge(0, p => p with { Checks = [.. p.Checks.Select(c => c.Chunk == 0 ? c with { Score = 1e-3 } : c)] });
        await ChainRun.One(_inputs, Options with { Train = Options.Train with { EarlyStopChunks = 1 } }, 1);
        Assert.True(StageJson.Read<TrainProgress>(_inputs.PathOf(Stages.Train, Artifacts.TrainProgress(1))).Stopped);
    }

    [Fact]
    public async Task ShortOfMemoryTheBatchShrinksAndStaysSo()
    {
        var first = await RunScarce(0, 4);
        Assert.Equal([1, 2, 4], first.Tried);
        Assert.Equal(4, StageJson.Read<TrainProgress>(_inputs.PathOf(Stages.Train, Artifacts.TrainProgress(0))).BatchDivisor);
        Assert.Equal([4], (await RunScarce(1, 4)).Tried);
        Assert.Equal(4, (await RunScarce(2, 4)).Tried[0]);
        var info = StageJson.Read<TrainInfo>(_inputs.PathOf(Stages.Train, Artifacts.TrainIndex));
        Assert.Contains(info.Warnings!, w => w.Contains("1/4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoBatchSmallEnoughIsAnErrorInWords()
    {
        var e = await Assert.ThrowsAsync<Depth3DException>(() => RunScarce(0, 1000));
        Assert.Contains("memory does not suffice", e.Message);
    }

    private async Task<ScarceMemory> RunScarce(int task, int fitsFrom)
    {
        ScarceMemory? method = null;
        await ChainRun.With(_inputs, Options, task, async context =>
        {
            var clip = TrainClip.Load(context, CancellationToken.None);
            method = new ScarceMemory(clip.Method, fitsFrom);
            await TorchThread.Run(() =>
            {
                new TrainChunk(context, clip with { Method = method }, CancellationToken.None).Run();
                return true;
            });
        });
        return method!;
    }

    private void Forge(int chunk, Func<TrainProgress, TrainProgress> change)
    {
        var path = _inputs.PathOf(Stages.Train, Artifacts.TrainProgress(chunk));
        StageJson.Write(path, change(StageJson.Read<TrainProgress>(path)));
    }
}
