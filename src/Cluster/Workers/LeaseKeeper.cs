using Depth3D.Cluster.Coordination;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Renews an attempt's lease until stopped. It returns when the attempt must stop: the coordinator refused (superseded, clip
/// stopped), or no renewal came through for the lease's whole length by the worker's own clock (self-fence).
/// </summary>
internal sealed class LeaseKeeper(ICoordinator coordinator, TimeProvider time, WorkerTimings timings)
{
    /// <summary>A lease that is short against the usual interval is renewed this often at least.</summary>
    private const int RenewalsPerLease = 3;

    private long _renewed = time.GetTimestamp();

    /// <summary>True once the lease is over by this node's own clock, also while the process was frozen and nobody could notice.</summary>
    public bool IsOver(TimeSpan lease) => time.GetElapsedTime(Interlocked.Read(ref _renewed)) >= lease;

    /// <returns>Why the attempt must stop.</returns>
    /// <exception cref="OperationCanceledException">The attempt ended by itself.</exception>
    public async Task<string> KeepAsync(TaskProtocol.Renew message, TimeSpan lease, CancellationToken cancellation)
    {
        var share = lease / RenewalsPerLease;
        while (true)
        {
            await Task.Delay(Shorter(timings.Renew, share), time, cancellation).ConfigureAwait(false);
            var asked = time.GetTimestamp();
            try
            {
                var answer = await coordinator.RenewAsync(message, cancellation)
                    .WaitAsync(Shorter(timings.Request, share), time, cancellation).ConfigureAwait(false);
                if (answer.Refusal is { } refusal and not Refusal.Unavailable) return $"its lease was refused: {refusal}";
                if (answer.Refusal is null) Interlocked.Exchange(ref _renewed, asked);
                else if (IsOver(lease)) return $"no renewal came through for {lease.TotalSeconds:0} s: the coordinator is not available";
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // A renewal may get lost; only a whole lease without one ends the attempt.
                if (IsOver(lease)) return $"no renewal came through for {lease.TotalSeconds:0} s: {e.Message}";
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
