using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging;

namespace Depth3D.Seed.Tests;

/// <summary>A stage that leaves what the dashboard shows: a picture per task, or losses. It waits where a test tells it to.</summary>
internal sealed class PaintedStage(string name, WorkerPool pool, int tasks, IReadOnlyList<StageName> after, Func<TaskId, Task>? hold = null) : IStage
{
    /// <summary>One red pixel, a whole PNG.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    public StageName Name => name;

    public WorkerPool Pool => pool;

    public IReadOnlyList<StageName> After => after;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [.. Enumerable.Range(0, tasks).Select(i => new PlannedTask($"part {i}"))];

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        context.Progress.Report(new StageProgress(0.5, "half way"));
        context.Log.LogInformation("drawing {Task} of {Clip}", context.Id, context.Clip);
        if (hold is not null) await hold(context.Id).WaitAsync(cancellation);
        if (Name == Stages.Train) await File.WriteAllLinesAsync(context.Output($"losses_{context.Id.TaskIndex:000}.csv"), Losses(context.Id.TaskIndex), cancellation);
        else await File.WriteAllBytesAsync(context.Output($"frame_{context.Id.TaskIndex:00000}.png"), Picture, cancellation);
    }

    private static IEnumerable<string> Losses(int chunk) => Enumerable.Range(chunk * 10, 10)
        .Select(step => string.Create(CultureInfo.InvariantCulture, $"{step},train,{1.0 / (step + 1)},{2.0 / (step + 1)}")).Prepend("step,phase,total,flow");
}
