using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Bench.Messaging;

/// <summary>
/// Tasks that only take time, each on the thread it is given, as one that computes does. How many and how long is the clip's source, such as
/// <c>2000x50</c> for 2,000 of 50 ms.
/// </summary>
internal sealed class SleepStage : IStage
{
    public StageName Name => "work";

    public WorkerPool Pool => WorkerPool.PreprocessCpu;

    public IReadOnlyList<StageName> After => [];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) =>
        Enumerable.Range(0, Parse(context.Options.SourcePath).Tasks).Select(i => new PlannedTask($"{i}", new FrameRange(i, 1))).ToArray();

    /// <summary>The thread waits by itself: timers count in ticks of the kernel, and <c>Task.Delay</c> makes 52 ms of 50 at 250 ticks a second.</summary>
    public Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(Parse(context.Options.SourcePath).Milliseconds);
        cancellation.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    private static (int Tasks, int Milliseconds) Parse(string source)
    {
        var parts = source.Split('x');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
