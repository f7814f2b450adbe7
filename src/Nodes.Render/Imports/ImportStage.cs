using System.Security.Cryptography;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Nodes.Render.Imports;

/// <summary>
/// Brings the files of one stage of a finished run into a job of its own, under the names they have there: links to the same bytes, or copies where
/// the file system has no links. Deleting the run or making it anew changes nothing for the job. No task where the run has nothing of the stage,
/// or a loop is made of something else.
/// </summary>
internal sealed class ImportStage(StageName stage) : IStage
{
    public StageName Name => stage;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After => [];

    public static IEnumerable<IStage> Of(IEnumerable<StageName> stages) => stages.Select(s => new ImportStage(s));

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        if (context.Options.Loop is { Input: not LoopInputs.Run }) return [];
        var run = BaseRun.Read(context.Options.SourcePath);
        return run.Files(stage).Any() ? [new PlannedTask($"from {run.Clip}")] : [];
    }

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var run = BaseRun.Read(context.Options.SourcePath);
        var source = run.Reader(context.Options.SourcePath);
        var files = run.Files(stage).ToList();
        for (var i = 0; i < files.Count; i++)
        {
            var target = context.Output(files[i].Name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            HardLink.Make(source.PathOf(stage, files[i].Name), target);
            await CheckAsync(target, files[i], cancellation).ConfigureAwait(false);
            context.Progress.Report(new StageProgress((i + 1.0) / files.Count, "files of the run"));
        }
    }

    private static async Task CheckAsync(string path, ArtifactFile recorded, CancellationToken cancellation)
    {
        await using var content = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation).ConfigureAwait(false));
        if (hash != recorded.Sha256) throw DamagedArtifact.At(recorded.Name, "the file of the run is not what its stage left");
    }
}
