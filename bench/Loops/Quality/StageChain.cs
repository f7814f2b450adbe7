using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Bench.LoopQuality;

/// <summary>Runs stages one after another in a folder, task by task, without an engine.</summary>
internal sealed class StageChain(string folder, DepthOptions options) : IArtifactReader
{
    public async Task RunAsync(IStage stage)
    {
        var before = Environment.CpuUsage.TotalTime;
        var tasks = stage.Plan(new StagePlanContext(options, this));
        for (var i = 0; i < tasks.Count; i++)
        {
            await stage.ExecuteAsync(new StageContext
            {
                Clip = new ClipId("bench"),
                Id = new TaskId(stage.Name, i),
                Task = tasks[i],
                Options = options,
                Inputs = this,
                OutputFolder = Directory.CreateDirectory(Path.Combine(folder, stage.Name.ToString())).FullName,
                ScratchFolder = Directory.CreateTempSubdirectory("d3-scratch-").FullName,
                Progress = new Progress<StageProgress>(),
                Log = NullLogger.Instance,
            }, CancellationToken.None);
        }

        Console.WriteLine($"{stage.Name,-14} {tasks.Count,3} tasks {(Environment.CpuUsage.TotalTime - before).TotalSeconds,7:0.0} s of processor time");
    }

    public string PathOf(StageName stage, string fileName) => Path.Combine(folder, stage.ToString(), fileName);

    public bool Exists(StageName stage, string fileName) => File.Exists(PathOf(stage, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) => throw new NotSupportedException();
}
