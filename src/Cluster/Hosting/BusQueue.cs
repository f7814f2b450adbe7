using MassTransit;

namespace Depth3D.Cluster.Hosting;

/// <summary>A queue that this process consumes. Disposing it stops consuming, after the messages in hand.</summary>
internal sealed class BusQueue(HostReceiveEndpointHandle handle, TimeSpan patience) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        try
        {
            await handle.StopAsync(CancellationToken.None).WaitAsync(patience).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or MassTransitException)
        {
            // The connection is gone, and the consumer with it.
        }
    }
}
