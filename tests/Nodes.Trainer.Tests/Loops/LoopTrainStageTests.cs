using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Nodes.Trainer.Tests.Loops;

public sealed class LoopTrainStageTests
{
    [Fact]
    public async Task TheChainLeavesALoopAndTheSameBytesWhateverItsChunks()
    {
        using var chained = new LoopTrainFiles();
        var options = LoopTrainFiles.Options;
        Assert.Equal(
            ["level 1, iterations 0-2", "level 1, iterations 3-4", "level 2, iterations 5-7", "level 2, iterations 8-9", "level 3, iterations 10-12", "level 3, iterations 13-14"],
            chained.Plan(options).Select(t => t.Label));
        Assert.Equal([false, true, true, true, true, true], chained.Plan(options).Select(t => t.AfterPrevious));
        await chained.Run(options);
        using var whole = new LoopTrainFiles();
        await whole.Run(options with { Train = options.Train with { ChunkSteps = 1000, Threads = 1 } });

        Assert.Equal(File.ReadAllBytes(whole.PathOf(LoopStages.Train, LoopArtifacts.Loop)), File.ReadAllBytes(chained.PathOf(LoopStages.Train, LoopArtifacts.Loop)));
        Assert.Equal(1 + 3, File.ReadAllLines(chained.PathOf(LoopStages.Train, LoopArtifacts.Losses(2))).Length);
        Assert.Equal((3 * LoopTrainFiles.Width, LoopTrainFiles.Height), ImageFile.ReadSize(chained.PathOf(LoopStages.Train, LoopArtifacts.Preview(1))));
        var info = StageJson.Read<LoopTrainInfo>(chained.PathOf(LoopStages.Train, LoopArtifacts.TrainIndex));
        Assert.Equal((15, 3), (info.Iterations, info.DeviationRatios.Count));
        Assert.Empty(info.Warnings);
        var (before, after) = (MtvFile.Load(chained.PathOf(LoopStages.Scene, LoopArtifacts.Scene)), MtvFile.Load(chained.PathOf(LoopStages.Train, LoopArtifacts.Loop)));
        Assert.Equal(before.Geometry.Plane, after.Geometry.Plane);
        Assert.NotEqual(before.DynamicTexels, after.DynamicTexels);
    }

    [Fact]
    public async Task ACancelledChunkPublishesNothingAndBeginsAgain()
    {
        using var files = new LoopTrainFiles();
        var options = LoopTrainFiles.Options;
        await files.One(options, 0);
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => files.One(options, 1, new Breaker(cancel), cancel.Token));
        Assert.False(files.Exists(LoopStages.Train, LoopArtifacts.Checkpoint(1)));
        await files.One(options, 1);
        Assert.True(files.Exists(LoopStages.Train, LoopArtifacts.Checkpoint(1)));
    }

    [Theory]
    [InlineData(1, false, null, "nothing moves")]
    [InlineData(10, true, null, "back and forth")]
    [InlineData(10, false, 0, "no passes")]
    public async Task WhatNeedsNoStage2PassesThroughWithAWord(int frames, bool pingPong, int? epochs, string word)
    {
        using var files = new LoopTrainFiles(frames, pingPong);
        var options = LoopTrainFiles.Options with { Loop = LoopTrainFiles.Options.Loop! with { LoopEpochs = epochs } };
        await files.Run(options);
        Assert.Equal(File.ReadAllBytes(files.PathOf(LoopStages.Scene, LoopArtifacts.Scene)), File.ReadAllBytes(files.PathOf(LoopStages.Train, LoopArtifacts.Loop)));
        Assert.Contains(word, Assert.Single(StageJson.Read<LoopTrainInfo>(files.PathOf(LoopStages.Train, LoopArtifacts.TrainIndex)).Choices).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACheckpointOfOtherOptionsIsRefused()
    {
        using var files = new LoopTrainFiles();
        await files.One(LoopTrainFiles.Options, 0);
        var error = await Assert.ThrowsAsync<Depth3DException>(() => files.One(LoopTrainFiles.Options with { Seed = 99 }, 1));
        Assert.Contains("other options", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Cancels when the first iteration is reported.</summary>
    private sealed class Breaker(CancellationTokenSource cancel) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Fraction > 0.2) cancel.Cancel();
        }
    }
}
