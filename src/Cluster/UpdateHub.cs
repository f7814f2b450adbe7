using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>Hands updates to everyone who watches a clip. A watcher sees every update from the moment it subscribed, in order.</summary>
internal sealed class UpdateHub
{
    private readonly Lock _gate = new();
    private readonly List<(ClipId Clip, Channel<ClipUpdate> Channel)> _watchers = [];
    private Exception? _fault;

    public ChannelReader<ClipUpdate> Subscribe(ClipId clip)
    {
        var channel = System.Threading.Channels.Channel.CreateUnbounded<ClipUpdate>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            if (_fault is not null) channel.Writer.Complete(_fault);
            else _watchers.Add((clip, channel));
        }

        return channel.Reader;
    }

    /// <summary>The updates from this call on, whenever they are read.</summary>
    public IAsyncEnumerable<ClipUpdate> Watch(ClipId clip, CancellationToken cancellation)
    {
        var reader = Subscribe(clip);
        return ReadAsync(reader, cancellation);
    }

    public void Unsubscribe(ChannelReader<ClipUpdate> reader)
    {
        lock (_gate) _watchers.RemoveAll(w => w.Channel.Reader == reader);
    }

    public void Send(ClipUpdate update)
    {
        lock (_gate)
        {
            foreach (var (clip, channel) in _watchers)
            {
                if (clip == update.Clip) channel.Writer.TryWrite(update);
            }
        }
    }

    /// <summary>Ends the watches of a clip.</summary>
    public void End(ClipId clip)
    {
        lock (_gate)
        {
            foreach (var (_, channel) in _watchers.Where(w => w.Clip == clip)) channel.Writer.TryComplete();
            _watchers.RemoveAll(w => w.Clip == clip);
        }
    }

    /// <summary>Ends every watch, also those to come, with an error.</summary>
    public void Fail(Exception fault)
    {
        lock (_gate)
        {
            _fault ??= fault;
            foreach (var (_, channel) in _watchers) channel.Writer.TryComplete(_fault);
            _watchers.Clear();
        }
    }

    private async IAsyncEnumerable<ClipUpdate> ReadAsync(ChannelReader<ClipUpdate> reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            await foreach (var update in reader.ReadAllAsync(cancellation).ConfigureAwait(false)) yield return update;
        }
        finally
        {
            Unsubscribe(reader);
        }
    }
}
