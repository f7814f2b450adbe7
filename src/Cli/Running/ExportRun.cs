using System.Security.Cryptography;
using System.Text;
using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Running;

/// <summary>An export of a finished run: made by the engine, put into a folder of the user's.</summary>
/// <param name="formats">Names of formats, each once.</param>
/// <param name="force">Replace files that are there.</param>
internal sealed class ExportRun(FinishedRun run, IReadOnlyList<string> formats, string outFolder, bool force)
{
    /// <summary>Digits of the hash that tell sets of formats apart in a job's name.</summary>
    private const int NameDigits = 12;

    private static readonly StageName[] Published = [Stages.ExportFrames, Stages.ExportClip];

    /// <exception cref="Depth3DException">A format is unknown, something else is in the way, or the export failed.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; the next call goes on.</exception>
    public async Task<JobOutcome> ExecuteAsync(ProgressDisplay display, CancellationToken cancellation)
    {
        var target = new PublishedFolder(outFolder, force);
        if (!Directory.Exists(run.Store.Paths.Clip(Clip))) target.CheckFree();
        var job = new RunJob(run, RecipeNames.Export, Clip, RecipeGraphs.ExportImports, force);
        var made = await job.ExecuteAsync(Options, display, cancellation).ConfigureAwait(false);
        var files = Published.SelectMany(stage => made.Files.List(stage).Select(f => (f.Name, made.Files.PathOf(stage, f.Name), f))).ToList();
        var lines = await target.PublishAsync(files, cancellation).ConfigureAwait(false);
        return new JobOutcome(target.Root, lines, StageTimings.Of(made.Result.Timings), made.WasDone);
    }

    /// <summary>One job per set of formats.</summary>
    private ClipId Clip => new("export-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', Sorted))))[..NameDigits]);

    private IEnumerable<string> Sorted => formats.Order(StringComparer.Ordinal);

    private DepthOptions Options(string source) => new()
    {
        SourcePath = source,
        Frames = new FramesOptions { ChunkFrames = RunJob.ChunkFrames },
        Export = new ExportOptions { Formats = [.. Sorted] },
    };
}
