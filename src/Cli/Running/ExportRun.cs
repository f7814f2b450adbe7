using System.Security.Cryptography;
using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Nodes.Render.Exports;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Running;

/// <summary>An export of a finished run: made by the engine, put into a folder of the user's.</summary>
/// <param name="export">Formats, and all that decides their content.</param>
/// <param name="force">Replace files that are there.</param>
internal sealed class ExportRun(FinishedRun run, ExportOptions export, string outFolder, bool force)
{
    /// <summary>Digits of the hash that tells exports apart in a job's name.</summary>
    private const int NameDigits = 12;

    /// <summary>Stages whose files are the export.</summary>
    public static IReadOnlyList<StageName> Published { get; } = [Stages.ExportFrames, Stages.ExportClip];

    private readonly ClipId _clip = new(NameOf(export));

    /// <summary>One job per set of formats and numbers.</summary>
    public static string NameOf(ExportOptions export) => "export-" + Convert.ToHexStringLower(SHA256.HashData(StageJson.Bytes(Sorted(export))))[..NameDigits];

    /// <summary>The job of an export, embedded and in a cluster alike.</summary>
    /// <param name="source">Reference of the base run.</param>
    public static DepthOptions OptionsOf(string source, ExportOptions export) => new()
    {
        SourcePath = source,
        Frames = new FramesOptions { ChunkFrames = RunJob.ChunkFrames },
        Export = Sorted(export),
    };

    /// <exception cref="Depth3DException">A format is unknown, something else is in the way, or the export failed.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the next call goes on.</exception>
    public async Task<JobOutcome> ExecuteAsync(ProgressDisplay display, CancellationToken cancellation)
    {
        ExportFormats.Check(export);
        var target = new PublishedFolder(outFolder, force);
        if (!Directory.Exists(run.Store.Paths.Clip(_clip))) target.CheckFree();
        var job = new RunJob(run, RecipeNames.Export, _clip, RecipeGraphs.ExportImports, force);
        var made = await job.ExecuteAsync(source => OptionsOf(source, export), display, cancellation).ConfigureAwait(false);
        var files = Published.SelectMany(stage => made.Files.List(stage).Select(f => (f.Name, made.Files.PathOf(stage, f.Name), f))).ToList();
        var lines = await target.PublishAsync(files, cancellation).ConfigureAwait(false);
        return new JobOutcome(target.Root, lines, StageTimings.Of(made.Result.Timings), made.WasDone);
    }

    private static ExportOptions Sorted(ExportOptions export) => export with { Formats = [.. export.Formats.Order(StringComparer.Ordinal)] };
}
