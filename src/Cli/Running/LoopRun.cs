using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Cli.Running;

/// <summary>A loop of clips in a folder of its own, or of a finished run on that run's store. The same call resumes.</summary>
/// <param name="fresh">Make it anew.</param>
internal sealed class LoopRun(bool fresh)
{
    /// <summary>Folder of a run that holds its loop, where no other is named.</summary>
    public const string Folder = "loop";

    private static readonly ClipId OfRunClip = new("loop");

    /// <summary>A loop of clips, which the options name.</summary>
    /// <inheritdoc cref="ClipRun.ExecuteAsync"/>
    public Task<LoopOutcome> OfClipsAsync(DepthOptions options, string outFolder, ProgressDisplay display, CancellationToken cancellation) =>
        new ClipRun(RecipeNames.Loop, options, outFolder, fresh).ExecuteAsync(display, onTask: null,
            (folder, made, _) => PublishAsync(folder.Root, made, cancellation), cancellation);

    /// <summary>A loop of a finished run.</summary>
    /// <param name="complete">The options, of the base run they are given as a source.</param>
    /// <exception cref="Depth3DException">The job failed, or the run has a loop that was made differently.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the next call goes on.</exception>
    public async Task<LoopOutcome> OfRunAsync(
        FinishedRun run, Func<string, DepthOptions> complete, string? outFolder, ProgressDisplay display, CancellationToken cancellation)
    {
        var target = outFolder ?? Path.Combine(run.Folder, Folder);
        if (outFolder is not null && !Directory.Exists(run.Store.Paths.Clip(OfRunClip))) new PublishedFolder(target, fresh).CheckFree();
        var made = await new RunJob(run, RecipeNames.Loop, OfRunClip, RecipeGraphs.EffectImports, fresh).ExecuteAsync(complete, display, cancellation).ConfigureAwait(false);
        return await PublishAsync(target, made, cancellation).ConfigureAwait(false);
    }

    private static async Task<LoopOutcome> PublishAsync(string target, RunJobResult made, CancellationToken cancellation)
    {
        var folder = new PublishedFolder(target, force: true);
        var files = LoopFiles.Of(made.Files);
        var lines = await folder.PublishAsync(files, cancellation).ConfigureAwait(false);
        folder.KeepOnly([LoopArtifacts.PackageFolder, LoopArtifacts.PublishedFolder], files.Select(f => f.Name));
        LoopFiles.AddPage(folder);
        var quality = StageJson.Read<LoopQuality>(made.Files.PathOf(LoopStages.Package, LoopArtifacts.Quality));
        var outcome = new LoopOutcome(folder.Root, Path.Combine(folder.Root, LoopArtifacts.Report), lines, Notes(made.Files), quality,
            StageTimings.Of(made.Result.Timings), made.WasDone, PeakMemory.Bytes);
        folder.Write("loop.json", StageJson.Bytes(outcome));
        return outcome;
    }

    private static IReadOnlyList<string> Notes(IArtifactReader artifacts)
    {
        var cameras = StageJson.Read<LoopCameras>(artifacts.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras));
        var scene = StageJson.Read<LoopSceneInfo>(artifacts.PathOf(LoopStages.Scene, LoopArtifacts.SceneIndex));
        var train = StageJson.Read<LoopTrainInfo>(artifacts.PathOf(LoopStages.Train, LoopArtifacts.TrainIndex));
        return [.. cameras.Warnings, .. scene.Warnings, .. train.Warnings];
    }
}
