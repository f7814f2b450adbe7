using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// The nodes of the cluster as the active coordinator knows them: heartbeats, presence, cordons. It decides when a node is lost. While
/// the coordinator's own connection is down, and for a grace after it is back or after it became active, nobody is: a restart of the
/// broker or of a seed looks like the silence of every node. Safe to use from any thread; changes are raised one after the other.
/// </summary>
public sealed class NodeRegistry
{
    private readonly SteadyClock _clock;
    private readonly NodeTimings _timings;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<NodeId, Entry> _nodes = new(Comparer<NodeId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)));
    private readonly Dictionary<NodeId, NodeStanding> _cordons = [];
    private bool _isConnected = true;
    private DateTimeOffset _quietUntil;

    public NodeRegistry(SteadyClock clock, NodeTimings timings)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(timings);
        (_clock, _timings) = (clock, timings);
        _quietUntil = clock.Now + timings.Grace;
    }

    /// <summary>Raised for every change, inside the registry's gate: handlers return at once, do not throw and do not call back.</summary>
    public event Action<NodeChange>? Changed;

    /// <summary>Nobody is declared lost now, and leases do not run out.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_gate) return !_isConnected || _clock.Now < _quietUntil;
        }
    }

    /// <summary>Every known node, by id.</summary>
    public IReadOnlyList<KnownNode> List()
    {
        lock (_gate) return _nodes.Values.Select(e => e.View).ToArray();
    }

    public KnownNode? Find(NodeId node)
    {
        lock (_gate) return _nodes.GetValueOrDefault(node)?.View;
    }

    /// <summary>Takes over what the journal says about nodes. Raises nothing: it was said before.</summary>
    public void Restore(IEnumerable<NodeStanding> standings)
    {
        ArgumentNullException.ThrowIfNull(standings);
        lock (_gate)
        {
            foreach (var standing in standings)
            {
                if (standing.IsCordoned) _cordons[standing.Node] = standing;
                else _cordons.Remove(standing.Node);
                if (_nodes.TryGetValue(standing.Node, out var entry)) entry.View = entry.View with { Cordon = _cordons.GetValueOrDefault(standing.Node) };
            }
        }
    }

    /// <summary>A node that runs something, as the journal says: unless it is heard, it counts as lost like a silent one, also once more.</summary>
    public void Expect(NodeId node)
    {
        lock (_gate)
        {
            var now = _clock.Now;
            if (_nodes.TryGetValue(node, out var known))
            {
                if (known.View.Reach is NodeReach.Unreachable or NodeReach.Left) known.View = known.View with { Reach = NodeReach.Expected, Why = "", HeardAt = now };
                return;
            }

            _nodes[node] = new Entry(new KnownNode(node, "", NodeReach.Expected, "", null, now, now, _cordons.GetValueOrDefault(node)));
        }
    }

    /// <summary>Takes in a heartbeat. One of an earlier session, or older than the last, is ignored.</summary>
    public void Beat(NodeProtocol.Heartbeat beat)
    {
        ArgumentNullException.ThrowIfNull(beat);
        lock (_gate)
        {
            var now = _clock.Now;
            if (!_nodes.TryGetValue(beat.Node, out var entry))
            {
                entry = _nodes[beat.Node] = new Entry(
                    new KnownNode(beat.Node, beat.Session, NodeReach.Up, "", beat, now, now, _cordons.GetValueOrDefault(beat.Node)));
            }
            else
            {
                if (entry.IsStale(beat)) return;
                if (entry.View.Session != beat.Session) Renew(entry, beat, now);
                entry.View = entry.View with { Reach = NodeReach.Up, Why = "", Beat = beat, HeardAt = now };
            }

            Changed?.Invoke(new NodeChange.Heard(entry.View, beat.Held));
        }
    }

    /// <summary>A node said good-bye.</summary>
    public void Left(NodeProtocol.Left message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_gate)
        {
            if (_nodes.TryGetValue(message.Node, out var entry) && entry.View.Session == message.Session)
            {
                entry.Bury(message.Session);
                Lose(entry, NodeReach.Left, "it left");
            }
        }
    }

    /// <summary>The node's own connection to the broker does not exist. Ignored in quiet times: it may not have come back yet.</summary>
    public void PresenceLost(NodeId node)
    {
        lock (_gate)
        {
            if (!_isConnected || _clock.Now < _quietUntil) return;
            if (_nodes.TryGetValue(node, out var entry) && entry.View.Reach is NodeReach.Up or NodeReach.Expected)
                Lose(entry, NodeReach.Unreachable, "its connection is gone");
        }
    }

    /// <summary>An operator declares a node dead, or all its reports void until it starts anew.</summary>
    /// <returns>False when the node is not known.</returns>
    public bool Down(NodeId node, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        lock (_gate)
        {
            if (!_nodes.TryGetValue(node, out var entry)) return false;
            entry.Bury(entry.View.Session);
            Lose(entry, NodeReach.Down, $"by {actor.By}{(actor.Why.Length > 0 ? $", {actor.Why}" : "")}");
            return true;
        }
    }

    /// <summary>Drops a node that is not up.</summary>
    /// <returns>False when it is up or not known.</returns>
    public bool Forget(NodeId node)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(node, out var entry) || entry.View.Reach is NodeReach.Up or NodeReach.Expected) return false;
            _nodes.Remove(node);
            Changed?.Invoke(new NodeChange.Forgotten(entry.View));
            return true;
        }
    }

    /// <summary>Keeps a node from new work, also one that is not known yet; what it runs goes on.</summary>
    public NodeStanding Cordon(NodeId node, Actor actor) => Stand(node, isCordoned: true, actor);

    /// <summary>Lets a node take work again.</summary>
    public NodeStanding Uncordon(NodeId node, Actor actor) => Stand(node, isCordoned: false, actor);

    /// <summary>The coordinator's own connection to the broker went or came.</summary>
    public void Connection(bool isUp)
    {
        lock (_gate)
        {
            if (isUp && !_isConnected) _quietUntil = _clock.Now + _timings.Grace;
            _isConnected = isUp;
        }
    }

    /// <summary>Looks who has been silent for too long. Called at every tick.</summary>
    public void Check()
    {
        lock (_gate)
        {
            var now = _clock.Now;
            if (!_isConnected || now < _quietUntil) return;
            foreach (var entry in _nodes.Values.Where(e => e.View.Reach is NodeReach.Up or NodeReach.Expected).ToArray())
            {
                var heard = entry.View.HeardAt > _quietUntil ? entry.View.HeardAt : _quietUntil;
                if (now - heard >= _timings.Silence) Lose(entry, NodeReach.Unreachable, $"silent for {(now - entry.View.HeardAt).TotalSeconds:0} s");
            }
        }
    }

    private void Renew(Entry entry, NodeProtocol.Heartbeat beat, DateTimeOffset now)
    {
        var wasExpected = entry.View.Reach == NodeReach.Expected;
        entry.Bury(entry.View.Session);
        entry.View = entry.View with { Session = beat.Session, Since = now, Beat = beat };
        if (!wasExpected) Changed?.Invoke(new NodeChange.Lost(entry.View, "it was started anew", beat.Held));
    }

    private void Lose(Entry entry, NodeReach reach, string why)
    {
        entry.View = entry.View with { Reach = reach, Why = why };
        Changed?.Invoke(new NodeChange.Lost(entry.View, why, []));
    }

    private NodeStanding Stand(NodeId node, bool isCordoned, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        lock (_gate)
        {
            var standing = new NodeStanding(node, isCordoned, actor.By, actor.Why, _clock.Now);
            if (isCordoned) _cordons[node] = standing;
            else _cordons.Remove(node);
            var view = new KnownNode(node, "", NodeReach.Left, "", null, _clock.Now, _clock.Now, null);
            if (_nodes.TryGetValue(node, out var entry)) view = entry.View = entry.View with { Cordon = _cordons.GetValueOrDefault(node) };
            Changed?.Invoke(new NodeChange.Stood(view, standing));
            return standing;
        }
    }

    private sealed class Entry(KnownNode view)
    {
        private const int Remembered = 8;

        private readonly Queue<string> _buried = new();

        public KnownNode View { get; set; } = view;

        public bool IsStale(NodeProtocol.Heartbeat beat) => _buried.Contains(beat.Session)
            || (beat.Session == View.Session && View.Beat is { } last && beat.Sequence <= last.Sequence);

        public void Bury(string session)
        {
            _buried.Enqueue(session);
            if (_buried.Count > Remembered) _buried.Dequeue();
        }
    }
}
