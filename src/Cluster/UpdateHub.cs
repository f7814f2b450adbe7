using System.Threading.Channels;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>Hands updates to everyone who watches a clip. A watcher sees every update from the moment it subscribed, in order.</summary>
internal sealed class UpdateHub
{
    private readonly Lock _gate = new();
    private readonly List<(ClipId Clip, ChannelWriter<ClipUpdate> Writer)> _watchers = [];
    private Exception? _fault;

    public ChannelReader<ClipUpdate> Subscribe(ClipId clip)
    {
        var channel = Channel.CreateUnbounded<ClipUpdate>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            if (_fault is not null) channel.Writer.Complete(_fault);
            else _watchers.Add((clip, channel.Writer));
        }

        return channel.Reader;
    }

    public void Send(ClipUpdate update)
    {
        lock (_gate)
        {
            foreach (var (clip, writer) in _watchers)
            {
                if (clip == update.Clip) writer.TryWrite(update);
            }
        }
    }

    /// <summary>Ends the watches of a clip.</summary>
    public void End(ClipId clip)
    {
        lock (_gate)
        {
            foreach (var (_, writer) in _watchers.Where(w => w.Clip == clip)) writer.TryComplete();
            _watchers.RemoveAll(w => w.Clip == clip);
        }
    }

    /// <summary>Ends every watch, also those to come, with an error.</summary>
    public void Fail(Exception fault)
    {
        lock (_gate)
        {
            _fault ??= fault;
            foreach (var (_, writer) in _watchers) writer.TryComplete(_fault);
            _watchers.Clear();
        }
    }
}
