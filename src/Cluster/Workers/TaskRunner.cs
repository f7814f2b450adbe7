using System.Collections.Concurrent;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Holds the tasks of one node: claim, compute, publish, report. Guarantee: what it claims it reports, unless the process dies; a report
/// is in the outbox before anything else is taken for ended, and is delivered until the coordinator has answered. A hint for a task it
/// holds already is ignored, so a doubled hint does not supersede its own work.
/// </summary>
internal sealed partial class TaskRunner : IAsyncDisposable
{
    private readonly WorkerParts _parts;
    private readonly SlotBook _slots;
    private readonly Delivery _delivery;
    private readonly NodeTrouble _trouble;
    private readonly InputBook _inputs;
    private readonly ClaimTurns _turns;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly ConcurrentDictionary<(ClipId, TaskId), Holding> _held = new();
    private volatile bool _draining;

    public TaskRunner(WorkerParts parts)
    {
        _parts = parts;
        _stopping = _stop.Token;
        _slots = new SlotBook(parts.Slots, parts.Gpus);
        _trouble = new NodeTrouble(parts.Time, parts.Timings.Trouble);
        _trouble.Changed += OnTrouble;
        _inputs = new InputBook(parts.Coordinator, parts.Time, parts.Timings);
        _turns = new ClaimTurns(parts.Slots, parts.Time, parts.Timings);
        _log = parts.Logs.CreateLogger<TaskRunner>();
        _delivery = new Delivery(parts.Coordinator, parts.Node, parts.Time, parts.Timings, _log);
    }

    /// <summary>What <see cref="Held"/> or <see cref="Condition"/> say has changed. Handlers return at once.</summary>
    public event Action? Changed;

    public NodeCondition Condition => _draining ? NodeCondition.Draining : _trouble.Reason is null ? NodeCondition.Up : NodeCondition.Paused;

    /// <summary>Why the node is paused; null when it is not.</summary>
    public string? Trouble => _trouble.Reason;

    /// <summary>Attempts that run, and ended ones whose report nobody has answered. For heartbeats.</summary>
    public IReadOnlyList<HeldTask> Held => [.. _held.Values.Select(h => h.Task).OfType<HeldTask>()];

    /// <summary>Delivers what an earlier run of this node left in the outbox. Call it once, when the coordinator can be asked.</summary>
    public void Start()
    {
        foreach (var report in _parts.Outbox.Pending)
        {
            var holding = new Holding(report);
            if (_held.TryAdd(holding.Key, holding)) holding.Life = Task.Run(() => LiveAsync(holding, () => DeliverAsync(report, Along.Nothing)), CancellationToken.None);
        }
    }

    /// <summary>Takes a hint and returns at once; claiming and all that follows happens by itself.</summary>
    /// <returns>False when the node takes nothing now or holds the task already.</returns>
    public bool Offer(TaskProtocol.Run message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_stopping.IsCancellationRequested || Condition != NodeCondition.Up) return false;
        var holding = new Holding(message);
        if (!_held.TryAdd(holding.Key, holding)) return false;
        holding.Life = Task.Run(() => LiveAsync(holding, () => ClaimAndRunAsync(holding, message)), CancellationToken.None);
        return true;
    }

    /// <summary>Stops an attempt whose clip was cancelled, or that somebody else has now.</summary>
    public void Stop(WorkerProtocol.Stop message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_held.TryGetValue((message.Clip, message.Task), out var holding) && holding.Attempt is { } attempt && attempt.Epoch == message.Epoch)
            attempt.Stop(message.Reason);
    }

    /// <summary>Takes nothing new and gives back what has not started; what runs goes on.</summary>
    public void Drain()
    {
        _draining = true;
        GiveBackWaiting("its node drains");
        Changed?.Invoke();
    }

    /// <summary>Takes work again.</summary>
    public void Undrain()
    {
        _draining = false;
        Changed?.Invoke();
    }

    /// <summary>Drains, waits until all has ended and is reported, then stops. What still runs when the grace ends is given back.</summary>
    /// <returns>False when something was left behind.</returns>
    public async Task<bool> DrainAsync(CancellationToken grace)
    {
        Drain();
        try
        {
            await Task.WhenAll(_held.Values.Select(h => h.Life)).WaitAsync(grace).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Not all was done in time.
        }

        return await StopAsync().ConfigureAwait(false);
    }

    /// <summary>Stops every attempt and gives it back, in a bounded while. Nothing is taken afterwards.</summary>
    /// <returns>False when something was left behind.</returns>
    public async Task<bool> StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        var all = Task.WhenAll(_held.Values.Select(h => h.Life));
        var longest = Task.Delay(_parts.Timings.Stop + _parts.Timings.Request, _parts.Time, CancellationToken.None);
        return await Task.WhenAny(all, longest).ConfigureAwait(false) == all;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _parts.Executor.DisposeAsync().ConfigureAwait(false);
        _trouble.Dispose();
        _stop.Dispose();
    }

    private void OnTrouble()
    {
        if (_trouble.Reason is { } reason)
        {
            LogPaused(_log, _parts.Node, reason);
            GiveBackWaiting($"its node is paused: {reason}");
        }
        else
        {
            LogResumed(_log, _parts.Node);
        }

        Changed?.Invoke();
    }

    private void GiveBackWaiting(string reason)
    {
        _turns.ReleaseAll();
        foreach (var waiting in _held.Values.Select(h => h.Attempt).Where(a => a is { HasStarted: false, IsEnded: false })) waiting!.Stop(reason);
    }

    private async Task LiveAsync(Holding holding, Func<Task> life)
    {
        try
        {
            await life().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogLost(_log, e, holding.Key.Clip, holding.Key.Task);
        }
        finally
        {
            _held.TryRemove(KeyValuePair.Create((holding.Key.Clip, holding.Key.Task), holding));
            Changed?.Invoke();
        }
    }

    private async Task ClaimAndRunAsync(Holding holding, TaskProtocol.Run message)
    {
        var along = await _turns.TakeAsync(message, _stopping).ConfigureAwait(false);
        using var stay = new ClaimStay(_turns, message.Pool, _parts.Time);
        var asked = _parts.Time.GetTimestamp();
        if (await GrantAsync(message, along).ConfigureAwait(false) is not { } grant) return;
        WorkerMeters.ClaimSeconds.Record(_parts.Time.GetElapsedTime(asked).TotalSeconds);
        using var attempt = new Attempt(message.Clip, message.Task, grant, stay, _stopping);
        holding.Attempt = attempt;
        if (Condition != NodeCondition.Up) attempt.Stop("its node takes nothing now");
        Changed?.Invoke();
        await RunAsync(attempt, asked).ConfigureAwait(false);
    }

    private async Task RunAsync(Attempt attempt, long asked)
    {
        var keeper = new LeaseKeeper(
            _parts.Coordinator, new(attempt.Clip, attempt.Task, attempt.Epoch), attempt.Lease, _parts.Time, _parts.Timings);
        using var ended = new CancellationTokenSource();
        var keeping = KeepLeaseAsync(keeper, attempt, ended.Token);
        try
        {
            var report = await new AttemptRun(_parts, _slots, _trouble, _inputs, attempt, keeper, _log).RunAsync().ConfigureAwait(false);
            _parts.Outbox.Put(report, isDear: _parts.Time.GetElapsedTime(asked) >= _parts.Timings.Dear);
            attempt.IsEnded = true;
            Changed?.Invoke();
            await ReportAsync(report, attempt.Stay).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(false);
        }
    }

    /// <param name="message">The hint.</param>
    /// <param name="along">The answer, where the claim went along with a result.</param>
    /// <returns>Null where there is nothing to do.</returns>
    private async Task<TaskProtocol.Grant?> GrantAsync(TaskProtocol.Run message, TaskProtocol.ClaimAnswer? along)
    {
        if (along is null or { Refusal: Refusal.Unavailable }) return await ClaimAsync(message).ConfigureAwait(false);
        if (along.Grant is null) LogClaimRefused(_log, message.Clip, message.Task, along.Refusal);
        return along.Grant;
    }

    private async Task<TaskProtocol.Grant?> ClaimAsync(TaskProtocol.Run message)
    {
        for (var left = _parts.Timings.MaxClaims; left > 0 && !_stopping.IsCancellationRequested; left--)
        {
            try
            {
                var answer = await _parts.Coordinator.ClaimAsync(new(message.Clip, message.Task, _parts.Node.Value), _stopping)
                    .WaitAsync(_parts.Timings.Request, _parts.Time, _stopping).ConfigureAwait(false);
                if (answer.Refusal != Refusal.Unavailable)
                {
                    if (answer.Grant is null) LogClaimRefused(_log, message.Clip, message.Task, answer.Refusal);
                    return answer.Grant;
                }

                await Task.Delay(_parts.Timings.RetryReport, _parts.Time, _stopping).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Asking again as the same worker supersedes a grant whose answer got lost, without waiting for its lease.
                if (!_stopping.IsCancellationRequested) LogNoAnswer(_log, message.Clip, message.Task, e.Message);
            }
        }

        return null;
    }

    private static async Task KeepLeaseAsync(LeaseKeeper keeper, Attempt attempt, CancellationToken ended)
    {
        try
        {
            attempt.Stop(await keeper.KeepAsync(ended).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The attempt is over.
        }
    }

    /// <summary>A result may go along with a later one; everything else goes by itself.</summary>
    private async Task ReportAsync(Report report, ClaimStay stay)
    {
        if (report is not Report.Done done)
        {
            await DeliverAsync(report, Along.Nothing).ConfigureAwait(false);
        }
        else if (await stay.HoldAsync(done.Message, _stopping).ConfigureAwait(false) is { Refusal: not Refusal.Unavailable } answer)
        {
            Settle(report, answer);
        }
        else
        {
            var (ago, along) = stay.Leave(done.Message.Clip);
            await DeliverAsync(done with { Message = done.Message with { SecondsAgo = ago } }, along).ConfigureAwait(false);
        }
    }

    private async Task DeliverAsync(Report report, Along along)
    {
        if (await _delivery.DeliverAsync(report, along, _stopping).ConfigureAwait(false) is { } answer) Settle(report, answer);
    }

    /// <summary>The report leaves the outbox only with its answer. Files that do not count go at once: nobody will ever name them.</summary>
    private void Settle(Report report, TaskProtocol.Answer answer)
    {
        var (clip, task, epoch) = report.Attempt;
        if (answer.Refusal is not null) LogFenced(_log, clip, task, epoch, answer.Refusal);
        if (report is Report.Done && answer.Refusal is not (null or Refusal.UnknownStage or Refusal.UnknownTask)) _parts.Store.Withdraw(clip, task, epoch);
        _parts.Outbox.Remove(report);
        if (report is Report.Done) _parts.Probe?.Invoke(AttemptPoint.Reported, task);
    }
}
