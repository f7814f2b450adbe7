using System.Collections.Concurrent;
using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Runs tasks: claim, compute, publish, report. It never throws for what a stage or a message does; what it cannot report, the
/// coordinator finds out by the lease. A hint for a task it runs already is ignored, so a doubled hint does not supersede its own work.
/// </summary>
internal sealed partial class TaskRunner(
    string worker, ICoordinator coordinator, ArtifactStore store, RecipeBook recipes, TimeProvider time, WorkerTimings timings,
    ILoggerFactory logs, Action<AttemptPoint, TaskId>? probe = null)
{
    private readonly ConcurrentDictionary<(ClipId, TaskId), Task> _inFlight = new();
    private readonly ConcurrentDictionary<(ClipId, TaskId), Attempt> _running = new();
    private readonly ILogger _log = logs.CreateLogger<TaskRunner>();

    public async Task RunAsync(TaskProtocol.Run message, bool redelivered, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (cancellation.IsCancellationRequested || !_inFlight.TryAdd((message.Clip, message.Task), done.Task)) return;
        try
        {
            if (await ClaimAsync(message, redelivered, cancellation).ConfigureAwait(false) is not { } grant) return;
            using var attempt = new Attempt(message.Clip, message.Task, grant, cancellation);
            _running[(message.Clip, message.Task)] = attempt;
            await RunAsync(attempt).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove((message.Clip, message.Task), out _);
            _inFlight.TryRemove((message.Clip, message.Task), out _);
            done.SetResult();
        }
    }

    /// <summary>Stops an attempt whose clip was cancelled or failed.</summary>
    public void Stop(WorkerProtocol.Stop message)
    {
        if (_running.TryGetValue((message.Clip, message.Task), out var attempt) && attempt.Epoch == message.Epoch) attempt.Stop(message.Reason);
    }

    /// <summary>Waits until nothing runs any more, bounded. Call it when the token given to the runs is cancelled.</summary>
    /// <returns>False when something was left behind.</returns>
    public async Task<bool> DrainAsync()
    {
        var all = Task.WhenAll(_inFlight.Values);
        return await Task.WhenAny(all, Task.Delay(timings.Stop + timings.Request, time)).ConfigureAwait(false) == all;
    }

    private async Task<TaskProtocol.Grant?> ClaimAsync(TaskProtocol.Run message, bool redelivered, CancellationToken cancellation)
    {
        for (var left = timings.MaxReports; left > 0 && !cancellation.IsCancellationRequested; left--)
        {
            try
            {
                var answer = await coordinator.ClaimAsync(new(message.Clip, message.Task, worker, redelivered), cancellation)
                    .WaitAsync(timings.Request, time, cancellation).ConfigureAwait(false);
                if (answer.Grant is null) LogClaimRefused(_log, message.Clip, message.Task, answer.Refusal);
                return answer.Grant;
            }
            catch (Exception e)
            {
                // Asking again as the same worker supersedes a grant whose answer got lost, without waiting for its lease.
                if (!cancellation.IsCancellationRequested) LogNoAnswer(_log, message.Clip, message.Task, e.Message);
            }
        }

        return null;
    }

    private async Task RunAsync(Attempt attempt)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(attempt.Token);
        var keeping = KeepLeaseAsync(attempt, ended.Token);
        var log = new TailLog(logs.CreateLogger($"depth3d.{attempt.Task.Stage}"));
        LogStart(_log, attempt.Clip, attempt.Task, attempt.Epoch, attempt.Grant.Plan.Label);
        try
        {
            probe?.Invoke(AttemptPoint.Claimed, attempt.Task);
            var manifest = await ComputeAsync(attempt, log).ConfigureAwait(false);
            probe?.Invoke(AttemptPoint.Published, attempt.Task);
            await ReportAsync(attempt, c => coordinator.DoneAsync(new(attempt.Clip, attempt.Task, attempt.Epoch, manifest.Files), c))
                .ConfigureAwait(false);
            probe?.Invoke(AttemptPoint.Reported, attempt.Task);
        }
        catch (Exception e) when (attempt.Token.IsCancellationRequested)
        {
            await GiveBackAsync(attempt, e).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var fault = TaskFault.Of(e, attempt.Task, store.Paths.Clip(attempt.Clip));
            LogFailed(_log, attempt.Clip, attempt.Task, attempt.Epoch, fault.Kind, fault.Text);
            await ReportAsync(attempt, c => coordinator.FailedAsync(
                new(attempt.Clip, attempt.Task, attempt.Epoch, fault.Kind, fault.Text, log.Tail(fault.Detail)), c)).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(false);
        }
    }

    private async Task<ArtifactManifest> ComputeAsync(Attempt attempt, TailLog log)
    {
        using var workspace = store.Prepare(attempt.Clip, attempt.Task, attempt.Epoch);
        var stage = recipes[attempt.Grant.Recipe][attempt.Task.Stage];
        var context = new StageContext
        {
            Clip = attempt.Clip,
            Id = attempt.Task,
            Task = PlanCodec.Read(attempt.Grant.Plan),
            Options = OptionsCodec.Read(attempt.Grant.OptionsJson),
            Inputs = new ArtifactReader(store, attempt.Clip, attempt.Grant.Inputs),
            OutputFolder = workspace.OutputFolder,
            ScratchFolder = workspace.ScratchFolder,
            Progress = new ProgressSender(coordinator, attempt.Clip, attempt.Task, attempt.Epoch, time, timings.Progress),
            Log = log,
        };
        var work = TaskThread.RunAsync($"{attempt.Clip} {attempt.Task}", () => stage.ExecuteAsync(context, attempt.Token));
        await WaitAsync(attempt, work).ConfigureAwait(false);
        probe?.Invoke(AttemptPoint.Computed, attempt.Task);
        return store.Publish(workspace, attempt.Token);
    }

    /// <summary>Waits for the stage; once it is told to stop, not longer than a bounded while.</summary>
    private async Task WaitAsync(Attempt attempt, Task work)
    {
        try
        {
            await work.WaitAsync(attempt.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (attempt.Token.IsCancellationRequested)
        {
            var left = await Task.WhenAny(work, Task.Delay(timings.Stop, time)).ConfigureAwait(false);
            if (left != work) LogLeftBehind(_log, attempt.Clip, attempt.Task);
            throw;
        }
    }

    private async Task KeepLeaseAsync(Attempt attempt, CancellationToken cancellation)
    {
        try
        {
            var reason = await new LeaseKeeper(coordinator, time, timings)
                .KeepAsync(new(attempt.Clip, attempt.Task, attempt.Epoch), TimeSpan.FromSeconds(attempt.Grant.LeaseSeconds), cancellation)
                .ConfigureAwait(false);
            attempt.Stop(reason);
        }
        catch (OperationCanceledException)
        {
            // The attempt is over.
        }
    }

    private async Task GiveBackAsync(Attempt attempt, Exception why)
    {
        var reason = attempt.StopReason ?? "its worker stops";
        LogStopped(_log, attempt.Clip, attempt.Task, attempt.Epoch, why is OperationCanceledException ? reason : $"{reason} ({why.Message})");
        await ReportAsync(attempt, c => coordinator.ReleasedAsync(new(attempt.Clip, attempt.Task, attempt.Epoch, reason), c))
            .ConfigureAwait(false);
    }

    /// <summary>Delivers a report, trying again while no answer comes; only once more when the worker stops.</summary>
    private async Task ReportAsync(Attempt attempt, Func<CancellationToken, Task<TaskProtocol.Answer>> report)
    {
        for (var left = attempt.Token.IsCancellationRequested ? 2 : timings.MaxReports; left > 0; left--)
        {
            try
            {
                var answer = await report(CancellationToken.None).WaitAsync(timings.Request, time).ConfigureAwait(false);
                if (answer.Refusal is not null) LogFenced(_log, attempt.Clip, attempt.Task, attempt.Epoch, answer.Refusal);
                return;
            }
            catch (Exception e)
            {
                LogNoAnswer(_log, attempt.Clip, attempt.Task, e.Message);
                if (left > 1) await Task.Delay(timings.RetryReport, time).ConfigureAwait(false);
            }
        }
    }
}
