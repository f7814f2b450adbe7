using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>Computes in this process, each attempt on a thread of its own. A native crash takes the process with it.</summary>
internal sealed partial class InProcessExecutor(StageBook stages, ArtifactStore store, TimeProvider time, TimeSpan stop, ILogger own) : ITaskExecutor
{
    public async Task ExecuteAsync(TaskJob job, Slot slot, IProgress<StageProgress> progress, ILogger log, CancellationToken cancellation)
    {
        var context = StageContexts.Of(job, store, progress, log);
        var stage = stages[job.Grant.Recipe, job.Task.Stage];
        var work = TaskThread.RunAsync($"{job.Clip} {job.Task}", () => stage.ExecuteAsync(context, cancellation));
        try
        {
            await work.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told to stop: it gets a bounded while to do so.
            var left = await Task.WhenAny(work, Task.Delay(stop, time, CancellationToken.None)).ConfigureAwait(false);
            if (left != work) LogLeftBehind(own, job.Clip, job.Task);
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Clip} {Task}: a stage does not heed its cancelled token; it is left behind")]
    private static partial void LogLeftBehind(ILogger logger, ClipId clip, TaskId task);
}
