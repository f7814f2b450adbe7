using System.Security.Cryptography;
using System.Text;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.TestHost;

/// <summary>
/// A stage whose files are hashes over the files of its inputs, so that one wrong, missing or doubled input shows in everything after
/// it. What it does besides is given by hooks.
/// </summary>
public sealed class ToyStage(
    string name, int tasks, IReadOnlyList<StageName> after, bool chain = false, WorkerPool pool = WorkerPool.PreprocessCpu,
    Func<StageContext, CancellationToken, Task>? hook = null, Func<StagePlanContext, IReadOnlyList<PlannedTask>>? plan = null) : IStage
{
    public StageName Name => name;

    public WorkerPool Pool => pool;

    public IReadOnlyList<StageName> After => after;

    public static string FileOf(StageName stage, int taskIndex) => $"{stage}_{taskIndex:000}.txt";

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => plan is not null ? plan(context)
        : Enumerable.Range(0, tasks).Select(i => new PlannedTask($"part {i}", new FrameRange(i * 4, 4), chain)).ToArray();

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var text = new StringBuilder($"{context.Clip} {context.Id} seed {context.Options.Seed} frames {context.Task.Frames}\n");
        foreach (var stage in After)
            foreach (var file in context.Inputs.List(stage))
                text.Append(file.Name).Append(' ').Append(Hash(await File.ReadAllBytesAsync(context.Inputs.PathOf(stage, file.Name), cancellation))).Append('\n');
        if (chain && context.Id.TaskIndex > 0)
        {
            var previous = context.Inputs.PathOf(Name, FileOf(Name, context.Id.TaskIndex - 1));
            text.Append("after ").Append(Hash(await File.ReadAllBytesAsync(previous, cancellation))).Append('\n');
        }

        await File.WriteAllTextAsync(Path.Combine(context.ScratchFolder, "scratch.txt"), "intermediate", cancellation);
        context.Progress.Report(new StageProgress(0.5, "half way"));
        if (hook is not null) await hook(context, cancellation);
        Directory.CreateDirectory(Path.GetDirectoryName(context.Output($"sub/{FileOf(Name, context.Id.TaskIndex)}.extra"))!);
        await File.WriteAllTextAsync(context.Output($"sub/{FileOf(Name, context.Id.TaskIndex)}.extra"), Hash(Encoding.UTF8.GetBytes(text.ToString())), cancellation);
        await File.WriteAllTextAsync(context.Output(FileOf(Name, context.Id.TaskIndex)), text.ToString(), cancellation);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
