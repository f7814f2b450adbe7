using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.Effects;

namespace Depth3D.Cli.Running;

/// <summary>One effect on a finished run: made by the engine, put where people look for it.</summary>
/// <param name="name">Tells effects of a run apart; the same name with the same settings is the same result.</param>
/// <param name="outFolder">Where the results go; null for <c>RUN/effects/NAME</c>.</param>
/// <param name="force">Replace an earlier result.</param>
internal sealed class EffectRun(FinishedRun run, string name, EffectSettings settings, string? outFolder, bool force)
{
    /// <summary>Folder of a run that holds its effects, one folder each.</summary>
    public const string Folder = "effects";

    /// <summary>What an effect was made with, beside its film.</summary>
    public const string Description = "effect.json";

    private const string FramesFolder = "frames";

    /// <exception cref="Depth3DException">The settings make no sense, something else is in the way, or the effect failed.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the next call goes on.</exception>
    public async Task<JobOutcome> ExecuteAsync(ProgressDisplay display, CancellationToken cancellation)
    {
        _ = settings.Open(); // what is wrong with them is said before anything is made
        var target = new PublishedFolder(outFolder ?? Path.Combine(run.Folder, Folder, name), force || outFolder is null);
        var clip = ClipOf(name);
        if (outFolder is not null && !Directory.Exists(run.Store.Paths.Clip(clip))) target.CheckFree();
        var job = new RunJob(run, RecipeNames.Effect, clip, RecipeGraphs.EffectImports, force);
        var made = await job.ExecuteAsync(source => OptionsOf(source, settings), display, cancellation).ConfigureAwait(false);
        var lines = await target.PublishAsync(FilesOf(made.Files), cancellation).ConfigureAwait(false);
        target.Write(Description, StageJson.Bytes(new EffectDescription(name, run.Folder, settings)));
        return new JobOutcome(target.Root, lines, StageTimings.Of(made.Result.Timings), made.WasDone);
    }

    /// <summary>The job of an effect, embedded and in a cluster alike.</summary>
    /// <param name="source">Reference of the base run.</param>
    public static DepthOptions OptionsOf(string source, EffectSettings settings) => new()
    {
        SourcePath = source,
        Frames = new FramesOptions { ChunkFrames = RunJob.ChunkFrames },
        Effect = settings,
    };

    /// <summary>Where a file of the job goes below the results' folder; null for one that stays in the store.</summary>
    public static string? PlaceOf(StageName stage, string file) =>
        stage == Stages.EffectVideo ? file : stage == Stages.EffectFrames ? $"{FramesFolder}/{file}" : null;

    private static ClipId ClipOf(string name) => new("effect-" + name);

    private static List<(string Name, string Source, ArtifactFile File)> FilesOf(IArtifactReader files) =>
    [
        .. new[] { Stages.EffectVideo, Stages.EffectFrames }.SelectMany(stage =>
            files.List(stage).Select(f => (PlaceOf(stage, f.Name)!, files.PathOf(stage, f.Name), f))),
    ];
}
