using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>Joins what the registry knows of nodes to what the broker knows of their connections, and makes news of it.</summary>
internal sealed class NodeWatch : IAsyncDisposable
{
    private readonly NodeId _seed;
    private readonly NodeRegistry _nodes;
    private readonly SteadyClock _clock;
    private readonly Action<FeedProtocol.Item> _tell;
    private readonly PresenceWatch? _presence;
    private readonly Dictionary<NodeId, string> _told = [];

    /// <param name="seed">Who says the news.</param>
    /// <param name="nodes">The registry.</param>
    /// <param name="clock">The coordinator's.</param>
    /// <param name="presence">The broker's knowledge; null where there is no broker.</param>
    /// <param name="tell">Takes the news.</param>
    public NodeWatch(NodeId seed, NodeRegistry nodes, SteadyClock clock, PresenceWatch? presence, Action<FeedProtocol.Item> tell)
    {
        (_seed, _nodes, _clock, _presence, _tell) = (seed, nodes, clock, presence, tell);
        _nodes.Changed += OnChanged;
        if (_presence is null) return;
        _presence.Gone += OnGone;
        _presence.Connected += _nodes.Connection;
        _presence.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _nodes.Changed -= OnChanged;
        if (_presence is not null) await _presence.DisposeAsync().ConfigureAwait(false);
    }

    private void OnGone(NodeId node)
    {
        // In quiet times a connection may not have come back yet: ask again at the next turn.
        if (_nodes.IsQuiet) _presence!.Watch(node);
        else _nodes.PresenceLost(node);
    }

    /// <summary>Called inside the registry's gate, so one after the other.</summary>
    private void OnChanged(NodeChange change)
    {
        var node = change.Node.Id;
        switch (change)
        {
            case NodeChange.Heard heard:
                _presence?.Watch(node);
                Tell(heard.Node, $"node-{heard.Node.Beat!.Condition.ToString().ToLowerInvariant()}");
                break;
            case NodeChange.Lost lost when lost.Node.Reach != NodeReach.Up:
                Tell(lost.Node, lost.Node.Reach == NodeReach.Left ? "node-left" : "node-unreachable");
                break;
            case NodeChange.Stood stood:
                _tell(FeedItems.Of(_seed, _clock.Now, stood.Standing.IsCordoned ? "node-cordoned" : "node-uncordoned", node, stood.Standing));
                break;
            case NodeChange.Forgotten:
                _presence?.Forget(node);
                _told.Remove(node);
                break;
        }
    }

    /// <summary>A node that says the same again is no news.</summary>
    private void Tell(KnownNode node, string kind)
    {
        if (_told.GetValueOrDefault(node.Id) == kind) return;
        _told[node.Id] = kind;
        _tell(FeedItems.Of(_seed, _clock.Now, kind, node.Id, new { reason = node.Why }));
    }
}
