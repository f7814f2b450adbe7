using System.Collections.Concurrent;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>
/// Computes in child processes, one per slot, kept warm between tasks. Guarantee: a crash, a leak or a hang in a task costs the attempt
/// and its process, never the node; when <see cref="ExecuteAsync"/> returns, nothing of a task that did not end well runs any more.
/// </summary>
internal sealed partial class ChildExecutor : ITaskExecutor
{
    private const int KilledSignal = 9;

    private readonly ChildOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<(WorkerPool, int), ChildProcess> _warm = new();
    private readonly ConcurrentDictionary<ChildProcess, long> _running = new();
    private readonly MemoryWatch _memory;

    public ChildExecutor(ChildOptions options, TimeProvider time, ILogger log)
    {
        (_options, _time, _log) = (options, time, log);
        _memory = new MemoryWatch(options.MemoryBytes, options.MemoryCheck, time,
            () => [.. _warm.Values.Select(c => (c, _running.TryGetValue(c, out var asked) ? asked : (long?)null))]);
    }

    /// <summary>Processes that compute or wait for work.</summary>
    public IReadOnlyList<int> Processes => [.. _warm.Values.Select(c => c.Id)];

    public async Task ExecuteAsync(TaskJob job, Slot slot, IProgress<StageProgress> progress, ILogger log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(slot);
        var child = await WarmAsync(slot, cancellation).ConfigureAwait(false);
        _running[child] = job.Grant.Plan.Needs?.MemoryBytes ?? 0;
        var end = await FollowAsync(child, job, progress, log, cancellation).ConfigureAwait(false);
        if (!end.IsReusable) await RetireAsync(child, end.Fault?.Text ?? "it was stopped").ConfigureAwait(false);
        _running.TryRemove(child, out _);
        if (end.IsStopped) throw new OperationCanceledException(cancellation);
        if (end.Fault is { } fault) throw new TaskFaultException(fault);
    }

    public async ValueTask DisposeAsync()
    {
        _memory.Dispose();
        foreach (var child in _warm.Values) await child.EndAsync(_time, _options.End).ConfigureAwait(false);
        _warm.Clear();
    }

    /// <summary>The slot's child, or a new one where there is none, it has ended, or it sees other GPUs.</summary>
    private async Task<ChildProcess> WarmAsync(Slot slot, CancellationToken cancellation)
    {
        var key = (slot.Pool, slot.Index);
        if (_warm.TryGetValue(key, out var warm) && !warm.HasEnded && warm.Slot.Gpus.SequenceEqual(slot.Gpus)) return warm;

        // Idle children of other slots would keep memory on these GPUs.
        foreach (var other in _warm.Values.Where(c => c == warm || c.Slot.Gpus.Intersect(slot.Gpus).Any()))
            await RetireAsync(other, "another task needs its place").ConfigureAwait(false);
        var child = Start(slot);
        _warm[key] = child;
        if (await ReadyAsync(child, cancellation).ConfigureAwait(false) is { } trouble)
        {
            await RetireAsync(child, trouble).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            throw new Depth3DException($"the process that computes did not start: {trouble}", _options.Command.Program, "run: depth3d doctor",
                FailureKind.Transient);
        }

        LogStarted(_log, child.Id, slot.ToString());
        return child;
    }

    private ChildProcess Start(Slot slot)
    {
        var temporary = Path.Combine(_options.StateFolder, "tmp", $"{slot.Pool}-{slot.Index}");
        if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        Directory.CreateDirectory(temporary);
        var environment = ChildEnvironment.Of(Environment.GetEnvironmentVariables(), slot, _options.Cores.GetValueOrDefault(slot.Pool, 1), temporary);
        return ChildProcess.Start(_options.Command, slot, environment, _options.StateFolder);
    }

    /// <returns>Null when it is ready; otherwise why not.</returns>
    private async Task<string?> ReadyAsync(ChildProcess child, CancellationToken cancellation)
    {
        var said = new List<string>();
        using var limit = new CancellationTokenSource(_options.Start, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await foreach (var word in child.Words.ReadAllAsync(either.Token).ConfigureAwait(false))
            {
                if (word is ChildProtocol.Word.Ready) return null;
                if (word is ChildProtocol.Word.Logged logged) said.Add(logged.Text);
            }

            return said.Count > 0 ? string.Join(" | ", said.TakeLast(5)) : "it ended at once";
        }
        catch (OperationCanceledException)
        {
            return $"it was not ready after {_options.Start.TotalSeconds:0} s";
        }
    }

    private async Task<TaskEnd> FollowAsync(ChildProcess child, TaskJob job, IProgress<StageProgress> progress, ILogger log, CancellationToken cancellation)
    {
        var kills = KernelMemory.Kills();
        using var ended = new CancellationTokenSource();
        using var silence = new SilenceWatch(child, _options.Silence, _time);
        await SendAsync(child, new ChildProtocol.Order.Run(job)).ConfigureAwait(false);
        using var stopping = cancellation.Register(() => _ = StopAsync(child, ended.Token));
        try
        {
            await foreach (var word in child.Words.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                silence.Heard();
                if (Hear(word, progress, log) is { } end) return end;
            }

            if (cancellation.IsCancellationRequested) return new TaskEnd(IsReusable: false, IsStopped: true);
            return new TaskEnd(IsReusable: false, child.Verdict ?? await DeathAsync(child, job, kills).ConfigureAwait(false));
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private static TaskEnd? Hear(ChildProtocol.Word word, IProgress<StageProgress> progress, ILogger log)
    {
        switch (word)
        {
            case ChildProtocol.Word.Progressed said:
                progress.Report(new StageProgress(said.Fraction, said.Message));
                return null;
            case ChildProtocol.Word.Logged said:
                LogLine(log, said.Level, said.Text);
                return null;
            case ChildProtocol.Word.Done:
                return new TaskEnd(IsReusable: true);
            case ChildProtocol.Word.Stopped:
                return new TaskEnd(IsReusable: true, IsStopped: true);
            case ChildProtocol.Word.Failed said:
                // Memory that did not suffice is in pieces, and after a defect nothing is known of what is left.
                return new TaskEnd(said.Kind is not (FailureKind.OutOfMemory or FailureKind.Defect),
                    new TaskFault(said.Kind, said.Text, said.Detail, said.IsDiskFull, IsSmallest: said.IsSmallest));
            default:
                return null;
        }
    }

    /// <summary>Asks the task to stop and ends its process when it does not in time.</summary>
    private async Task StopAsync(ChildProcess child, CancellationToken ended)
    {
        await SendAsync(child, new ChildProtocol.Order.Stop()).ConfigureAwait(false);
        try
        {
            await Task.Delay(_options.Stop, _time, ended).ConfigureAwait(false);
            child.Condemn(new TaskFault(FailureKind.Transient, "the task did not stop when told to", ""));
        }
        catch (OperationCanceledException)
        {
            // It stopped.
        }
    }

    /// <summary>A child that has ended does not hear; its words say so.</summary>
    private static async Task SendAsync(ChildProcess child, ChildProtocol.Order order)
    {
        try
        {
            await child.SendAsync(order).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            child.Condemn(new TaskFault(FailureKind.Transient, $"the process that computes does not listen: {e.Message}", ""));
        }
    }

    private async Task<TaskFault> DeathAsync(ChildProcess child, TaskJob job, long killsBefore)
    {
        var code = await child.ExitAsync(_time, _options.End).ConfigureAwait(false);
        return code == 128 + KilledSignal && KernelMemory.Kills() > killsBefore
            ? new(FailureKind.OutOfMemory, $"the kernel ended {job.Task} for lack of memory", "", MemoryBytes: KernelMemory.Available)
            : new(FailureKind.Transient, $"the process that computed {job.Task} {(code > 128 ? $"was killed by signal {code - 128}" : $"ended with exit code {code}")}", "");
    }

    /// <exception cref="NodeTroubleException">Something of it cannot be ended.</exception>
    private async Task RetireAsync(ChildProcess child, string reason)
    {
        LogRetired(_log, child.Id, child.Slot.ToString(), reason);
        _warm.TryRemove(KeyValuePair.Create((child.Slot.Pool, child.Slot.Index), child));
        if (await child.EndAsync(_time, _options.End).ConfigureAwait(false)) return;
        throw new NodeTroubleException($"processes of slot {child.Slot} cannot be ended (process {child.Id})", child.IsGone);
    }
}
