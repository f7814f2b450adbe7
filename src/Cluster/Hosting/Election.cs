using Depth3D.Cluster.Bus;
using Depth3D.Messages;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// Whether this seed is the active one. All seeds consume one queue of which the broker serves a single consumer, and all send ticks to
/// it; who hears its own ticks is active until they stay away. Guarantee: at most one seed is served by the broker, but one that froze may
/// believe for a while that it still is. The owner epochs of the journal's shards fence that one.
/// </summary>
internal sealed partial class Election(ClusterBus bus, NodeId seed, ElectionTimings timings, TimeProvider time, ILogger<Election> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly string _session = Guid.NewGuid().ToString("n");
    private readonly Lock _gate = new();
    private BusQueue? _queue;
    private ITimer? _timer;
    private long _heard;
    private bool _isElected;
    private int _sending;

    /// <summary>Raised with true when this seed becomes the active one and with false when it no longer is. Handlers return at once.</summary>
    public event Action<bool>? Changed;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await ListenAsync(cancellation).ConfigureAwait(false);
        _timer = time.CreateTimer(_ => Beat(), null, TimeSpan.Zero, timings.Tick);
    }

    /// <summary>Gives up being active and lets other seeds go first, then stands by again.</summary>
    public async Task StepDownAsync(CancellationToken cancellation)
    {
        // Without the queue, ticks in hand do not count.
        var queue = Interlocked.Exchange(ref _queue, null);
        Set(false);
        if (queue is not null) await queue.DisposeAsync().ConfigureAwait(false);
        await Task.Delay(timings.Pause, time, cancellation).ConfigureAwait(false);
        await ListenAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _queue, null) is { } queue) await queue.DisposeAsync().ConfigureAwait(false);
        Set(false);
    }

    /// <summary>A tick came. A fresh one of its own tells a seed that the broker serves it; one from before it froze does not.</summary>
    internal void Hear(SeedProtocol.Tick tick)
    {
        if (tick.Session != _session || time.GetElapsedTime(tick.Stamp) > timings.Silence) return;
        Volatile.Write(ref _heard, time.GetTimestamp());
        if (_queue is not null) Set(true);
    }

    /// <summary>Says that this seed lives, and notices when nobody has been heard for too long.</summary>
    internal void Beat()
    {
        if (_isElected && time.GetElapsedTime(Volatile.Read(ref _heard)) > timings.Silence) Set(false);
        if (Interlocked.CompareExchange(ref _sending, 1, 0) == 0) _ = SendAsync();
    }

    private async Task ListenAsync(CancellationToken cancellation) =>
        _queue = await bus.ConnectAsync(Queues.Election, EndpointKind.Election, 1, endpoint => endpoint.Handler<SeedProtocol.Tick>(context =>
        {
            Hear(context.Message);
            return Task.CompletedTask;
        }), cancellation).ConfigureAwait(false);

    private async Task SendAsync()
    {
        try
        {
            // A tick says "now"; one that waited is worth nothing.
            var tick = new SeedProtocol.Tick(seed.Value, time.GetUtcNow(), _session, time.GetTimestamp());
            await bus.SendAsync(Queues.Election, tick, timings.Silence, _stop.Token, timings.Silence)
                .ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_stop.IsCancellationRequested) LogNoTick(log, e.Message);
        }
        finally
        {
            Volatile.Write(ref _sending, 0);
        }
    }

    private void Set(bool elected)
    {
        lock (_gate)
        {
            if (_isElected == elected) return;
            _isElected = elected;
            Changed?.Invoke(elected);
        }
    }
}
