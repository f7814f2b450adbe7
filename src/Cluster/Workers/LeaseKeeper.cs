using Depth3D.Cluster.Coordination;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Renews an attempt's lease until stopped. It returns when the attempt must stop: the coordinator refused (superseded, clip
/// stopped), or nobody has answered for <see cref="WorkerTimings.Alone"/>. A coordinator that merely does not answer stops nothing before
/// that: it may be restarting, and what the attempt publishes counts only if its epoch still does.
/// </summary>
internal sealed class LeaseKeeper(ICoordinator coordinator, TaskProtocol.Renew message, TimeSpan lease, TimeProvider time, WorkerTimings timings)
{
    /// <summary>A lease that is short against the usual interval is renewed this often at least.</summary>
    private const int RenewalsPerLease = 3;

    private long _renewed = time.GetTimestamp();

    /// <summary>True once the lease is over by this node's own clock, also while the process was frozen and nobody could notice.</summary>
    public bool IsOver => Unanswered >= lease;

    private TimeSpan Unanswered => time.GetElapsedTime(Interlocked.Read(ref _renewed));

    private TimeSpan Interval => Shorter(timings.Renew, lease / RenewalsPerLease);

    /// <returns>Why the attempt must stop.</returns>
    /// <exception cref="OperationCanceledException">The attempt ended by itself.</exception>
    public async Task<string> KeepAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Interval, time, cancellation).ConfigureAwait(false);
            if (await AskAsync(Shorter(timings.Request, lease / RenewalsPerLease), cancellation).ConfigureAwait(false) is { } reason) return reason;
        }
    }

    /// <summary>
    /// Asks whether the attempt may still publish, when its lease is over. A process that was frozen gets the time to connect again; where
    /// nobody answers for as long as one request may take, it may.
    /// </summary>
    /// <returns>Why it must stop; null when it may go on.</returns>
    public async Task<string?> ConfirmAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (IsOver)
        {
            if (await AskAsync(timings.Request, cancellation).ConfigureAwait(false) is { } reason) return reason;
            if (!IsOver || time.GetElapsedTime(began) >= timings.Request) break;
            await Task.Delay(timings.RetryReport, time, cancellation).ConfigureAwait(false);
        }

        return null;
    }

    /// <returns>Why the attempt must stop; null when it may go on, also when nobody answers.</returns>
    private async Task<string?> AskAsync(TimeSpan longest, CancellationToken cancellation)
    {
        var asked = time.GetTimestamp();
        var silence = "the coordinator is not available";
        try
        {
            var answer = await coordinator.RenewAsync(message, cancellation).WaitAsync(longest, time, cancellation).ConfigureAwait(false);
            if (answer.Refusal is { } refusal and not Refusal.Unavailable) return $"its lease was refused: {refusal}";
            if (answer.Refusal is null) Interlocked.Exchange(ref _renewed, asked);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            silence = e.Message;
        }

        return IsOver && Unanswered >= timings.Alone ? $"no renewal came through for {Unanswered.TotalSeconds:0} s: {silence}" : null;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
