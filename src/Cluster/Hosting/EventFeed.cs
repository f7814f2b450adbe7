using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Depth3D.Cluster.Bus;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// News from the active seed to the watchers of every seed. Nobody is waited for: a watcher or a bus that does not keep up loses the
/// oldest items.
/// </summary>
internal sealed class EventFeed(ClusterBus bus, NodeId seed) : IAsyncDisposable
{
    private const int Kept = 4096;

    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(5);

    private readonly Channel<FeedProtocol.Item> _out = Bounded();
    private readonly CancellationTokenSource _stop = new();
    private ImmutableArray<Channel<FeedProtocol.Item>> _watchers = [];
    private BusQueue? _queue;
    private Task _sending = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellation)
    {
        _queue = await bus.ConnectAsync(Queues.EventsOf(seed.Value), EndpointKind.Events, 1, endpoint => endpoint.Handler<FeedProtocol.Item>(context =>
        {
            if (context.Message.Seed != seed.Value) Show(context.Message);
            return Task.CompletedTask;
        }), cancellation).ConfigureAwait(false);
        _sending = Task.Run(SendAsync, CancellationToken.None);
    }

    /// <summary>Says something to the watchers of this seed and of all others.</summary>
    public void Publish(FeedProtocol.Item item)
    {
        Show(item);
        _out.Writer.TryWrite(item);
    }

    public async IAsyncEnumerable<FeedProtocol.Item> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Bounded();
        ImmutableInterlocked.Update(ref _watchers, (all, one) => all.Add(one), channel);
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false)) yield return item;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, (all, one) => all.Remove(one), channel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        if (_queue is not null) await _queue.DisposeAsync().ConfigureAwait(false);
        foreach (var watcher in _watchers) watcher.Writer.TryComplete();
    }

    /// <summary>Says something to the watchers of this seed only.</summary>
    public void Show(FeedProtocol.Item item)
    {
        foreach (var watcher in _watchers) watcher.Writer.TryWrite(item);
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var item in _out.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                try
                {
                    await bus.SendAsync(Queues.Events, item, SendTime, _stop.Token).ConfigureAwait(false);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // News that cannot go out is lost; the journal has it.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The seed stops.
        }
    }

    private static Channel<FeedProtocol.Item> Bounded() =>
        Channel.CreateBounded<FeedProtocol.Item>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
}
