using System.Text.Json;
using Depth3D.Cli.Reporting;
using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Cli.Running;

/// <summary>Recipe <c>depth</c> on one clip, from submission to the files people look at. The same call resumes.</summary>
internal sealed class DepthRun(DepthOptions options, string outFolder, bool fresh)
{
    /// <inheritdoc cref="ClipRun.ExecuteAsync"/>
    public Task<RunOutcome> ExecuteAsync(ProgressDisplay display, string? truthFolder, CancellationToken cancellation) =>
        new ClipRun(RecipeNames.Depth, options, outFolder, fresh).ExecuteAsync(display, ShowTraining,
            (folder, made, elapsed) => Task.FromResult(Finish(folder, made.Files, made.Result, truthFolder, elapsed)), cancellation);

    private static void ShowTraining(OutputFolder folder, StageName stage, IArtifactReader artifacts)
    {
        if (stage == Stages.Train) new ResultFiles(folder, artifacts).PublishTrainLog();
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
