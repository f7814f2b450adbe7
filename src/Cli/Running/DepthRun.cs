using System.Diagnostics;
using System.Text.Json;
using Depth3D.Cli.Reporting;
using Depth3D.Cluster;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cli.Running;

/// <summary>One clip through the embedded engine, from submission to the files people look at. The same call resumes.</summary>
internal sealed class DepthRun(DepthOptions options, string outFolder, bool fresh)
{
    /// <summary>A folder holds one clip, so its name need not tell clips apart.</summary>
    public static readonly ClipId Clip = FinishedRun.Clip;

    /// <exception cref="Depth3DException">Why the clip cannot be processed. A folder made by this call is gone again if nothing was accepted.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; running tasks were given back and the next call resumes.</exception>
    public async Task<RunOutcome> ExecuteAsync(ProgressDisplay display, string? truthFolder, CancellationToken cancellation)
    {
        InputChecks.Check(options);
        var existed = Directory.Exists(outFolder);
        var folder = OutputFolder.Open(outFolder);
        var accepted = false;
        try
        {
            var started = Stopwatch.GetTimestamp();
            await using var engine = await EmbeddedEngine.StartAsync(
                new EmbeddedEngineOptions { StoreRoot = folder.Store }, AllStages.Recipes, NullLoggerFactory.Instance, cancellation).ConfigureAwait(false);
            if (fresh) await engine.DiscardAsync(Clip, cancellation).ConfigureAwait(false);
            var result = await FollowAsync(engine, folder, display, cancellation).ConfigureAwait(false);
            accepted = result.Timings.Any(t => t.Outcome == "done");
            if (!result.IsCompleted) throw Failure(result);
            var artifacts = await engine.ReaderAsync(Clip, cancellation).ConfigureAwait(false);
            return Finish(folder, artifacts, result, truthFolder, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception) when (!existed && !accepted)
        {
            Directory.Delete(outFolder, recursive: true);
            throw;
        }
    }

    private async Task<ClipResult> FollowAsync(EmbeddedEngine engine, OutputFolder folder, ProgressDisplay display, CancellationToken cancellation)
    {
        var updates = engine.Watch(Clip, cancellation);
        var outcome = await engine.SubmitAsync(Clip, RecipeNames.Depth, options, cancellation).ConfigureAwait(false);
        if (outcome == SubmitOutcome.Resumed) display.Say("resuming where the last start stopped");
        if (outcome != SubmitOutcome.AlreadyComplete)
        {
            await foreach (var update in updates.ConfigureAwait(false))
            {
                if (update is ClipUpdate.Happened { Event: ClipEvent.TaskCompleted { Task: var task } } && task.Stage == Stages.Train)
                    new ResultFiles(folder, await engine.ReaderAsync(Clip, cancellation).ConfigureAwait(false)).PublishTrainLog();
                display.Show(await engine.StatusAsync(Clip, cancellation).ConfigureAwait(false));
            }
        }

        return await engine.WaitAsync(Clip, cancellation).ConfigureAwait(false);
    }

    internal static Depth3DException Failure(ClipResult result)
    {
        var text = result.Failure?.Text ?? $"the clip is {result.Phase}";
        var tail = result.Failure?.Kind == FailureKind.Transient && result.LogTail.Length > 0 ? "\nlast lines of its log:\n" + result.LogTail : "";
        return new Depth3DException(text + tail, result.Failure is { } failure ? $"stage {failure.Stage}" : null, kind: result.Failure?.Kind ?? FailureKind.Transient);
    }

    private RunOutcome Finish(OutputFolder folder, IArtifactReader artifacts, ClipResult result, string? truthFolder, TimeSpan elapsed)
    {
        artifacts = JoinedReader.Of(artifacts);
        var files = new ResultFiles(folder, artifacts);
        var results = files.Publish();
        files.PublishTrainLog();
        var timings = StageTimings.Of(result.Timings);
        var errors = truthFolder is null ? null : RunEvaluation.Against(folder.Root, truthFolder);
        var report = files.Write("report.html", new RunReport(options, artifacts).Build(timings, errors));
        var outcome = new RunOutcome(folder.Root, report, results, Notes(artifacts), timings, errors, HeldOut(artifacts), elapsed.TotalSeconds, PeakMemory.Bytes, options);
        files.Write("run.json", JsonSerializer.Serialize(outcome, Terminal.Json));
        return outcome;
    }

    private static HeldOutSummary HeldOut(IArtifactReader artifacts) =>
        StageJson.Read<TrainInfo>(artifacts.PathOf(Stages.Train, Artifacts.TrainIndex)).HeldOut;

    private static IReadOnlyList<string> Notes(IArtifactReader artifacts)
    {
        var preflight = StageJson.Read<PreflightReport>(artifacts.PathOf(Stages.Frames, Artifacts.Preflight));
        var prior = StageJson.Read<PriorInfo>(artifacts.PathOf(Stages.Prior, Artifacts.PriorIndex));
        var track = CameraTrack.Load(artifacts.PathOf(Stages.Cameras, Artifacts.Cameras));
        var train = StageJson.Read<TrainInfo>(artifacts.PathOf(Stages.Train, Artifacts.TrainIndex));
        var sequence = StageJson.Read<SequenceInfo>(artifacts.PathOf(Stages.Sequence, Artifacts.Sequence));
        return
        [
            .. preflight.Warnings, $"cameras: {track.Verdict}", $"prior: {prior.Method}: {prior.Reason}", .. prior.Warnings, .. sequence.Warnings,
            .. train.Warnings ?? [], $"held-out pairs, flow error: {HeldOutText.Flow(train.HeldOut)}",
            $"held-out pairs, depth against depth: {HeldOutText.Depth(train.HeldOut)}", $"flicker without truth: {RunFlicker.Describe(train)}",
        ];
    }
}
