using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>The child's side of the protocol: one attempt at a time, each answered once.</summary>
internal sealed class ChildSession(StageBook stages, ICanary canary, TextReader orders, TextWriter words)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;

    /// <returns>Exit code; the node has closed the pipe or is gone.</returns>
    public async Task<int> RunAsync()
    {
        Say(new ChildProtocol.Word.Ready());
        while (await orders.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            switch (ChildProtocol.Read<ChildProtocol.Order>(line))
            {
                case ChildProtocol.Order.Run run:
                    _running = new CancellationTokenSource();
                    _ = ComputeAsync(run.Job, _running.Token);
                    break;
                case ChildProtocol.Order.Stop when _running is { } running:
                    await running.CancelAsync().ConfigureAwait(false);
                    break;
            }
        }

        return (int)ExitCode.Success;
    }

    private async Task ComputeAsync(TaskJob job, CancellationToken cancellation)
    {
        try
        {
            var stage = stages[job.Grant.Recipe, job.Task.Stage];
            var context = StageContexts.Of(job, ArtifactStore.Attach(job.StoreRoot, Visibility.Shared), new ProgressWords(this), new ChildLog(this));
            context = context with { Options = GpuNeeds.OnDealt(context.Options) };
            await TaskThread.RunAsync($"{job.Clip} {job.Task}", () => ExecuteAsync(stage, context, cancellation)).ConfigureAwait(false);
            Say(new ChildProtocol.Word.Done());
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            Say(new ChildProtocol.Word.Stopped());
        }
        catch (Exception e)
        {
            var fault = TaskFault.Of(e, job.Task, job.OutputFolder);
            Say(new ChildProtocol.Word.Failed(fault.Kind, fault.Text, fault.Detail, fault.IsDiskFull, fault.IsSmallest));
        }
    }

    /// <summary>On the task's own thread, so that both compute in the same place.</summary>
    private async Task ExecuteAsync(IStage stage, StageContext context, CancellationToken cancellation)
    {
        await stage.ExecuteAsync(context, cancellation).ConfigureAwait(false);
        if (canary.Check(context) is { } wrong)
            throw new Depth3DException($"the device computes wrongly: {wrong}", context.Id.ToString(), "take the node out of service and test its device", FailureKind.Transient);
    }

    private void Say(ChildProtocol.Word word)
    {
        try
        {
            lock (_gate)
            {
                words.WriteLine(ChildProtocol.Write(word));
                words.Flush();
            }
        }
        catch (IOException)
        {
            // The node is gone; the end of the orders ends this process.
        }
    }

    private sealed class ProgressWords(ChildSession session) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => session.Say(new ChildProtocol.Word.Progressed(value.Fraction, value.Message));
    }

    private sealed class ChildLog(ChildSession session) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ArgumentNullException.ThrowIfNull(formatter);
            if (IsEnabled(logLevel)) session.Say(new ChildProtocol.Word.Logged(logLevel, formatter(state, exception)));
        }
    }
}
