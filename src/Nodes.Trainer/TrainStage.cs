using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;
using Microsoft.Extensions.Logging;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// Stage <c>train</c>: the joint optimisation of depth and scene flow, as a chain of chunks from checkpoint to checkpoint. The last chunk
/// writes the optimised depth of every frame.
/// </summary>
public sealed partial class TrainStage : IStage
{
    /// <summary>Share of a chunk's progress that loading takes.</summary>
    private const double LoadShare = 0.15;

    private const double StepShare = 0.8;

    public StageName Name => Stages.Train;

    public WorkerPool Pool => WorkerPool.Trainer;

    public IReadOnlyList<StageName> After { get; } =
        [Stages.Frames, Stages.Flow, Stages.Masks, Stages.Cameras, Stages.Prior, Stages.Sequence];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        var frames = StageJson.Read<FramesInfo>(context.Inputs.PathOf(Stages.Frames, Artifacts.FramesIndex)).Count;
        var total = TrainProfile.Method(context.Options, frames).TotalSteps;
        return [.. Enumerable.Range(0, Chunks(total, context.Options.Train.ChunkSteps)).Select(k =>
        {
            var (first, end) = Steps(k, total, context.Options.Train.ChunkSteps);
            return new PlannedTask(string.Create(CultureInfo.InvariantCulture, $"steps {first}-{end - 1}"), AfterPrevious: k > 0);
        })];
    }

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        TrainProfile.Method(context.Options, 1);
        var clip = await Task.Run(() => TrainClip.Load(context, cancellation), cancellation).ConfigureAwait(false);
        context.Progress.Report(new StageProgress(LoadShare, "loaded"));
        await TorchThread.Run(() => RunChunk(context, clip, cancellation), clip.Method.Threads).ConfigureAwait(false);
        context.Progress.Report(new StageProgress(1));
    }

    private static bool RunChunk(StageContext context, TrainClip clip, CancellationToken cancellation)
    {
        var chunk = context.Id.TaskIndex;
        var total = clip.Method.TotalSteps;
        var (first, end) = Steps(chunk, total, context.Options.Train.ChunkSteps);
        using IClipOptimiser optimiser = clip.Method.Create(clip, batchDivisor: 1);
        if (chunk > 0) Continue(context, clip, optimiser, chunk - 1, first);
        var losses = optimiser.Run(end, new ChunkProgress(context.Progress, first, end, LoadShare, StepShare), cancellation);
        CheckpointFile.Write(context.Output(Artifacts.Checkpoint(chunk)), OptimiserCheckpoint.Capture(optimiser, clip.Fingerprint));
        LossTable.Write(context.Output(Artifacts.Losses(chunk)), losses);
        var corrections = Enumerable.Range(0, clip.Clip.Frames).Select(optimiser.Correction).ToArray();
        TrainPreviews.Write(context, clip, corrections, chunk);
        var loss = losses.Count > 0 ? losses[^1].Total : double.NaN;
        if (end == total) TrainResult.Write(context, clip, corrections, loss, cancellation);
        LogChunk(context.Log, context.Clip.ToString(), first, end - 1, loss);
        return true;
    }

    private static void Continue(StageContext context, TrainClip clip, IClipOptimiser optimiser, int previousChunk, int firstStep)
    {
        var path = context.Inputs.PathOf(Stages.Train, Artifacts.Checkpoint(previousChunk));
        var checkpoint = CheckpointFile.Read(path);
        checkpoint.Restore(optimiser, clip.Fingerprint, path);
        if (checkpoint.Step != firstStep)
            throw new Depth3DException($"checkpoint of step {checkpoint.Step}; expected step {firstStep}", path);
    }

    private static int Chunks(int total, int chunkSteps) => (total + chunkSteps - 1) / chunkSteps;

    private static (int First, int End) Steps(int chunk, int total, int chunkSteps) =>
        (chunk * chunkSteps, Math.Min(total, (chunk + 1) * chunkSteps));

    [LoggerMessage(Level = LogLevel.Information, Message = "clip {Clip}: steps {First} to {Last} done, loss {Loss}")]
    private static partial void LogChunk(ILogger log, string clip, int first, int last, double loss);
}
