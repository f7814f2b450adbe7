using System.Collections.Concurrent;
using Depth3D.Cluster.Bus;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// One process's connection to the bus: queues are connected and let go while it runs, and every wait has an end. Losing the broker does
/// not end it; sends wait until their time is up, and consumers come back by themselves.
/// </summary>
internal sealed class ClusterBus : IAsyncDisposable
{
    private readonly IBusControl _bus;
    private readonly IClusterTransport _transport;
    private readonly TimeProvider _time;

    /// <summary>Each costs a look-up of its address, and there are as many as kinds of questions times shards.</summary>
    private readonly ConcurrentDictionary<(Type Message, string Queue, TimeSpan Timeout), object> _clients = new();

    public ClusterBus(IClusterTransport transport, TimeProvider time, ILoggerFactory logs)
    {
        (_transport, _time) = (transport, time);
        LogContext.ConfigureCurrentLogContext(BusLogs(logs));
        _bus = transport.CreateBus(_ => { });
    }

    public IBus Bus => _bus;

    public IClusterTransport Transport => _transport;

    /// <summary>Longest wait for the bus to start, to stop, or to connect or let go a queue.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public bool IsConnected => _bus.CheckHealth() is { Status: BusHealthStatus.Healthy };

    public Task StartAsync(CancellationToken cancellation) => _bus.StartAsync(cancellation).WaitAsync(Patience, cancellation);

    /// <summary>Starts to consume a queue.</summary>
    public async Task<BusQueue> ConnectAsync(
        string queue, EndpointKind kind, int concurrency, Action<IReceiveEndpointConfigurator> handlers, CancellationToken cancellation)
    {
        var handle = _bus.ConnectReceiveEndpoint(queue, endpoint =>
        {
            _transport.Configure(endpoint, kind, concurrency);
            handlers(endpoint);
        });
        await handle.Ready.WaitAsync(Patience, cancellation).ConfigureAwait(false);
        return new BusQueue(handle, Patience);
    }

    public async Task SendAsync<TMessage>(string queue, TMessage message, TimeSpan timeout, CancellationToken cancellation, TimeSpan? lifetime = null)
        where TMessage : class
    {
        var endpoint = await _bus.GetSendEndpoint(_transport.Address(queue)).WaitAsync(timeout, _time, cancellation).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = endpoint.Send(message, context => context.TimeToLive = lifetime, limit.Token);
        try
        {
            await sending.WaitAsync(timeout, _time, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await limit.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks whoever consumes a queue.</summary>
    /// <exception cref="TimeoutException">No answer came in time.</exception>
    public async Task<TAnswer> AskAsync<TMessage, TAnswer>(string queue, TMessage message, TimeSpan timeout, CancellationToken cancellation)
        where TMessage : class
        where TAnswer : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var client = (IRequestClient<TMessage>)_clients.GetOrAdd((typeof(TMessage), queue, timeout), _ => _bus.CreateRequestClient<TMessage>(
            _transport.Address(queue), RequestTimeout.After(ms: (int)timeout.TotalMilliseconds)));
        var asking = client.GetResponse<TAnswer>(message, limit.Token);
        try
        {
            return (await asking.WaitAsync(timeout, _time, cancellation).ConfigureAwait(false)).Message;
        }
        catch
        {
            await limit.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _bus.StopAsync(CancellationToken.None).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or MassTransitException)
        {
            // The broker is gone, or a handler does not end; what matters is in the journal and in the outboxes.
        }
    }

    /// <summary>The bus logs every fault with its stack, which the cluster reports in words; so it is heard only when somebody debugs.</summary>
    private static ILoggerFactory BusLogs(ILoggerFactory logs) =>
        logs.CreateLogger("MassTransit").IsEnabled(LogLevel.Debug) ? logs : NullLoggerFactory.Instance;
}
