using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Depth3D.Cluster.Bus;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// News from the active seed to the watchers of every seed. Nobody is waited for: a watcher or a bus that does not keep up loses the
/// oldest items. Other seeds get the news of a moment in one message.
/// </summary>
internal sealed class EventFeed(ClusterBus bus, NodeId seed, TimeProvider time) : IAsyncDisposable
{
    private const int Kept = 4096;

    /// <summary>Items of one message; a moment that has more of them takes several.</summary>
    private const int MostTogether = 256;

    /// <summary>Characters of one message; an event that lists more files goes alone.</summary>
    private const int MostText = 256 << 10;

    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(5);

    /// <summary>Other seeds hear this much later.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly Channel<FeedProtocol.Item> _out = Bounded();
    private readonly CancellationTokenSource _stop = new();
    private ImmutableArray<Channel<FeedProtocol.Item>> _watchers = [];
    private BusQueue? _queue;
    private Task _sending = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellation)
    {
        _queue = await bus.ConnectAsync(Queues.EventsOf(seed.Value), EndpointKind.Events, 1, Hear, cancellation).ConfigureAwait(false);
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

    private void Hear(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.Handler<FeedProtocol.Items>(context => Hear(context.Message.Seed, context.Message.News));
        // As an older seed says it.
        endpoint.Handler<FeedProtocol.Item>(context => Hear(context.Message.Seed, [context.Message]));
    }

    private Task Hear(string from, IReadOnlyList<FeedProtocol.Item> news)
    {
        if (from == seed.Value) return Task.CompletedTask;
        foreach (var item in news) Show(item);
        return Task.CompletedTask;
    }

    private async Task SendAsync()
    {
        try
        {
            while (await _out.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                if (_out.Reader.Count < MostTogether) await Task.Delay(Moment, time, _stop.Token).ConfigureAwait(false);
                await TrySendAsync(TakeTogether()).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The seed stops.
        }
    }

    private List<FeedProtocol.Item> TakeTogether()
    {
        var news = new List<FeedProtocol.Item>();
        for (var text = 0; news.Count < MostTogether && _out.Reader.TryPeek(out var next); text += next.Json.Length)
        {
            if (news.Count > 0 && text + next.Json.Length > MostText) break;
            if (_out.Reader.TryRead(out var item)) news.Add(item);
        }

        return news;
    }

    private async Task TrySendAsync(List<FeedProtocol.Item> news)
    {
        if (news.Count == 0) return;
        try
        {
            await bus.SendAsync(Queues.Events, new FeedProtocol.Items(seed.Value, news), SendTime, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // News that cannot go out is lost; the journal has it.
        }
    }

    private static Channel<FeedProtocol.Item> Bounded() =>
        Channel.CreateBounded<FeedProtocol.Item>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
}
