using System.Security.Cryptography;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Loops;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Preprocess.Tests.Loops;

/// <summary>Runs the stages of a loop that belong to this role, in a folder of its own, without an engine.</summary>
internal sealed class LoopRun : IArtifactReader, IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("d3-loop-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public Task Views(DepthOptions options) => Run(new LoopViewsStage(), options);

    public Task Cameras(DepthOptions options) => Run(new LoopCamerasStage(), options);

    public LoopViewInfo View(int view) => StageJson.Read<LoopViewInfo>(PathOf(LoopStages.Views, LoopArtifacts.View(view)));

    public string PathOf(StageName stage, string fileName) => Path.Combine(Root, "out", stage.ToString(), fileName);

    public bool Exists(StageName stage, string fileName) => File.Exists(PathOf(stage, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage)
    {
        var folder = Path.Combine(Root, "out", stage.ToString());
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
            .Select(f => new ArtifactFile(Path.GetFileName(f), new FileInfo(f).Length, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))))];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private async Task Run(IStage stage, DepthOptions options)
    {
        var output = Path.Combine(Root, "out", stage.Name.ToString());
        Directory.CreateDirectory(output);
        var tasks = stage.Plan(new StagePlanContext(options, this));
        for (var i = 0; i < tasks.Count; i++)
        {
            await stage.ExecuteAsync(new StageContext
            {
                Clip = new ClipId("clip"),
                Id = new TaskId(stage.Name, i),
                Task = tasks[i],
                Options = options,
                Inputs = this,
                OutputFolder = output,
                ScratchFolder = Directory.CreateDirectory(Path.Combine(Root, "scratch", $"{stage.Name}-{i}-{Guid.NewGuid():N}")).FullName,
                Progress = new Progress<StageProgress>(),
                Log = NullLogger.Instance,
            }, CancellationToken.None);
        }
    }
}
