using Depth3D.Cluster.Coordination;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Renews an attempt's lease until stopped. It returns when the attempt must stop: the coordinator refused (superseded, clip
/// stopped), or no renewal came through for the lease's whole length by the worker's own clock (self-fence).
/// </summary>
internal sealed class LeaseKeeper(ICoordinator coordinator, TimeProvider time, WorkerTimings timings)
{
    /// <returns>Why the attempt must stop.</returns>
    /// <exception cref="OperationCanceledException">The attempt ended by itself.</exception>
    public async Task<string> KeepAsync(TaskProtocol.Renew message, TimeSpan lease, CancellationToken cancellation)
    {
        var renewed = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(timings.Renew, time, cancellation).ConfigureAwait(false);
            var asked = time.GetTimestamp();
            try
            {
                var answer = await coordinator.RenewAsync(message, cancellation)
                    .WaitAsync(timings.Request, time, cancellation).ConfigureAwait(false);
                if (answer.Refusal is { } refusal) return $"its lease was refused: {refusal}";
                renewed = asked;
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // A renewal may get lost; only a whole lease without one ends the attempt.
                if (time.GetElapsedTime(renewed) >= lease) return $"no renewal came through for {lease.TotalSeconds:0} s: {e.Message}";
            }
        }
    }
}
