using System.Globalization;
using System.Text;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;
using Depth3D.Reconstruction.Optimisation;
using Microsoft.Extensions.Logging;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>One chunk of stage 2: from the previous checkpoint to its own; the last one writes the loop.</summary>
internal sealed partial class LoopTrainChunk(StageContext context, LoopTrainInputs inputs, LoopChunkPlan plan, CancellationToken cancellation)
{
    private const string Method = "loop";

    /// <summary>Shares of a chunk's progress.</summary>
    public const double LoadShare = 0.1;

    private const double StepShare = 0.85;

    /// <summary>Where memory does not suffice, fewer threads, smaller squares of the search and fewer frames at a time do the same work: this many times fewer at last.</summary>
    private const int LargestDivisor = 8;

    private int Chunk => context.Id.TaskIndex;

    public void Run() => BatchLadder.Run(BatchLadder.Start(1, context.Rung, LargestDivisor), LargestDivisor, Train,
        (_, cause) => LogSmaller(context.Log, context.Clip.ToString(), cause.Message));

    private bool Train(int divisor)
    {
        var threads = Math.Max(1, context.Options.Train.Threads / divisor);
        using var optimiser = new LoopOptimiser(inputs.Begin, inputs.Footage, inputs.Settings, threads, Device(), divisor);
        var (first, end, level) = plan[Chunk];
        if (Chunk > 0) Restore(optimiser);
        var losses = optimiser.Run(end, new ChunkProgress(context.Progress, first, end, LoadShare, StepShare), cancellation);
        File.WriteAllText(context.Output(LoopArtifacts.Losses(Chunk)), Table(losses));
        LoopTrainPreview.Write(context.Output(LoopArtifacts.Preview(Chunk)), optimiser.Current);
        LogChunk(context.Log, context.Clip.ToString(), level, first, end - 1, losses[^1].Total, string.Join(" ", optimiser.DeviationRatios.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture))));
        if (Chunk == plan.Count - 1) Finish(optimiser);
        CheckpointFile.Write(context.Output(LoopArtifacts.Checkpoint(Chunk)), new OptimiserCheckpoint(Method, end, inputs.Fingerprint, optimiser.State()));
        return true;
    }

    /// <summary>The processor has kernels of its own.</summary>
    private TorchSharp.torch.Device? Device() => context.Options.Train.Device == "cpu" ? null : ComputeDevice.Parse(context.Options.Train.Device);

    private void Restore(LoopOptimiser optimiser)
    {
        var path = context.Inputs.PathOf(LoopStages.Train, LoopArtifacts.Checkpoint(Chunk - 1));
        var checkpoint = CheckpointFile.Read(path);
        if (checkpoint.Method != Method || checkpoint.Fingerprint != inputs.Fingerprint)
        {
            throw new Depth3DException("checkpoint belongs to another loop or other options", path,
                "resume with the options the run was started with, or use a new output folder");
        }

        if (checkpoint.Step != plan[Chunk].First) throw new Depth3DException($"checkpoint of iteration {checkpoint.Step}; expected {plan[Chunk].First}", path);
        optimiser.Restore(checkpoint.Step, checkpoint.Tensors);
    }

    private void Finish(LoopOptimiser optimiser)
    {
        MtvFile.Save(context.Output(LoopArtifacts.Loop), optimiser.Current);
        StageJson.Write(context.Output(LoopArtifacts.TrainIndex), new LoopTrainInfo
        {
            Iterations = optimiser.TotalIterations,
            DeviationRatios = optimiser.DeviationRatios,
            Choices =
            [
                new LoopChoice("levels", string.Join(", ", optimiser.Levels.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Width}x{l.Height}"))),
                    inputs.Settings.SingleCamera ? "one camera: the loop begins near its end" : "each three quarters of the next, down to 65 pixels"),
                new LoopChoice("passes per level", inputs.Settings.Epochs.ToString(CultureInfo.InvariantCulture), context.Options.Loop!.LoopEpochs is null ? $"profile {context.Options.Loop.Profile}" : "as asked for"),
            ],
            Warnings = [.. Warnings(optimiser.DeviationRatios)],
        });
    }

    private static IEnumerable<string> Warnings(IReadOnlyList<double> ratios)
    {
        for (var level = 0; level < ratios.Count; level++)
        {
            if (ratios[level] >= TemporalDeviation.Alarm) continue;
            yield return string.Create(CultureInfo.InvariantCulture,
                $"On level {level + 1} of {ratios.Count} the loop moved only {ratios[level]:0.00} times as much as the clip: {(level < ratios.Count - 1 ? "the next level began with noise to thaw it." : "it has frozen. Ask for more passes, or for another length of the loop.")}");
        }
    }

    private static string Table(IReadOnlyList<LoopLoss> losses)
    {
        var text = new StringBuilder("iteration,level,view,total,looping,variation,exposure\n");
        foreach (var l in losses)
            text.Append(CultureInfo.InvariantCulture, $"{l.Iteration},{l.Level},{l.View},{l.Total:G7},{l.Looping:G7},{l.Variation:G7},{l.Exposure:G7}\n");
        return text.ToString();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "clip {Clip}: level {Level}, iterations {First} to {Last} done, loss {Loss}, moves {Ratios} of the clip")]
    private static partial void LogChunk(ILogger log, string clip, int level, int first, int last, double loss, string ratios);

    [LoggerMessage(Level = LogLevel.Warning, Message = "clip {Clip}: out of memory; the chunk begins anew with half the threads, squares and frames at a time ({Cause})")]
    private static partial void LogSmaller(ILogger log, string clip, string cause);
}
