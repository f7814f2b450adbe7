using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;
using Microsoft.Extensions.Logging;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// One chunk of a chain: from the previous checkpoint to its own, measured on held-out pairs. After an early stop a chunk passes through;
/// the last one writes the result from the best checkpoint either way. Belongs to one thread (<see cref="TorchThread"/>).
/// </summary>
internal sealed partial class TrainChunk(StageContext context, TrainClip clip, CancellationToken cancellation)
{
    /// <summary>Share of a chunk's progress that loading takes.</summary>
    public const double LoadShare = 0.15;

    private const double StepShare = 0.8;

    private readonly ChunkFiles _files = new(context);
    private readonly ChunkPlan _plan = new(clip.Method.TotalSteps, context.Options.Train.ChunkSteps);

    private int Chunk => context.Id.TaskIndex;

    private bool IsLast => Chunk == _plan.Chunks - 1;

    public void Run()
    {
        var before = Chunk > 0 ? _files.Progress(Chunk - 1)
            : new TrainProgress(clip.Method.Name, _plan.TotalSteps, false, -1, 1, [HeldOutCheck.OfPrior(clip.Clip)]);
        var (progress, trained) = before.Stopped ? (before, null) : Ladder(before.BatchDivisor, divisor => Train(before, divisor));
        StageJson.Write(context.Output(Artifacts.TrainProgress(Chunk)), progress);
        if (IsLast)
        {
            if (trained is null || (progress.BestChunk >= 0 && progress.BestChunk != Chunk)) trained = Ladder(progress.BatchDivisor, divisor => Best(progress, divisor));
            TrainResult.Write(context, RefinedCameras.Publish(context, clip, trained.Cameras), trained.Corrections, progress, cancellation);
        }

        TrainLog.Write(context, clip, _files, progress, IsLast);
    }

    private T Ladder<T>(int divisor, Func<int, T> attempt) => BatchLadder.Run(
        BatchLadder.Start(divisor, context.Rung, clip.Method.LargestBatchDivisor), clip.Method.LargestBatchDivisor, attempt,
        (smaller, cause) => LogSmaller(context.Log, context.Clip.ToString(), smaller, cause.Message));

    private (TrainProgress Progress, TrainedClip? Trained) Train(TrainProgress before, int divisor)
    {
        var (first, end) = _plan.Steps(Chunk);
        using var optimiser = clip.Method.Create(clip, divisor);
        if (Chunk > 0) Restore(optimiser, Chunk - 1);
        var losses = optimiser.Run(end, new ChunkProgress(context.Progress, first, end, LoadShare, StepShare), cancellation);
        CheckpointFile.Write(context.Output(Artifacts.Checkpoint(Chunk)), OptimiserCheckpoint.Capture(optimiser, clip.Fingerprint));
        if (IsLast) WeightFiles.Write(context, optimiser);
        LossTable.Write(context.Output(Artifacts.Losses(Chunk)), losses);
        var trained = Read(optimiser);
        var last = losses[^1];
        var check = HeldOutCheck.Measure(clip.SeenBy(trained.Cameras).Clip, trained.Corrections,
            new TrainCheck(Chunk, end, last.Warmup, last.Total, 0, 0, double.NaN, divisor), before.Checks[0]);
        TrainPreviews.Write(context, clip, trained.Corrections, Chunk);
        LogChunk(context.Log, context.Clip.ToString(), first, end - 1, last.Total, check.Score);
        return (Next(before, check), trained);
    }

    private TrainProgress Next(TrainProgress before, TrainCheck check)
    {
        IReadOnlyList<TrainCheck> checks = [.. before.Checks, check];
        var patience = context.Options.Train.EarlyStopChunks ?? clip.Method.DefaultPatience;
        return before with
        {
            Checks = checks,
            BestChunk = EarlyStop.Best(checks),
            Stopped = EarlyStop.IsDue(checks, patience),
            BatchDivisor = check.BatchDivisor,
        };
    }

    private TrainedClip Best(TrainProgress progress, int divisor)
    {
        using var optimiser = clip.Method.Create(clip, divisor);
        Restore(optimiser, progress.BestChunk);
        WeightFiles.Write(context, optimiser);
        return Read(optimiser);
    }

    private TrainedClip Read(IClipOptimiser optimiser) => new([.. Enumerable.Range(0, clip.Clip.Frames).Select(optimiser.Correction)], optimiser.Cameras);

    private void Restore(IClipOptimiser optimiser, int chunk)
    {
        var path = _files.Checkpoint(chunk);
        var checkpoint = CheckpointFile.Read(path);
        checkpoint.Restore(optimiser, clip.Fingerprint, path);
        var expected = _plan.Steps(chunk).End;
        if (checkpoint.Step != expected)
            throw new Depth3DException($"checkpoint of step {checkpoint.Step}; expected step {expected}", path);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "clip {Clip}: steps {First} to {Last} done, loss {Loss}, held-out pairs at {Score} of the prior's")]
    private static partial void LogChunk(ILogger log, string clip, int first, int last, double loss, double score);

    [LoggerMessage(Level = LogLevel.Warning, Message = "clip {Clip}: out of memory; the chunk begins anew with 1/{Divisor} of a batch ({Cause})")]
    private static partial void LogSmaller(ILogger log, string clip, int divisor, string cause);
}
