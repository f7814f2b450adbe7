using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>The nodes that could run tasks of one shape, best first, kept up to date in O(log n) per change of a node.</summary>
internal sealed class NodeIndex(TaskShape shape)
{
    private readonly Dictionary<NodeRoom, (RoomKind Kind, Key Key)> _known = [];
    private readonly Dictionary<NodeId, NodeRoom> _byId = [];
    private readonly SortedSet<Key> _free = [];
    private readonly SortedSet<Key> _ahead = [];
    private readonly SortedSet<Key> _tight = [];

    /// <summary>Nodes that take work and could run such a task when they are empty.</summary>
    public int Capable => _known.Count;

    public bool HasFree => _free.Count > 0;

    public bool HasAhead => _ahead.Count > 0;

    /// <summary>The first of <see cref="Free"/>; null when there is none.</summary>
    public NodeRoom? Best => _free.Count > 0 ? _free.Min.Room : null;

    /// <summary>Nodes that can start such a task now.</summary>
    public IEnumerable<NodeRoom> Free => _free.Select(k => k.Room);

    public IEnumerable<NodeRoom> Ahead => _ahead.Select(k => k.Room);

    /// <summary>The node with a free slot that lacks least of the rest; null when slots are what lacks.</summary>
    public NodeRoom? Tight => _tight.Count > 0 ? _tight.Min.Room : null;

    public bool IsFree(NodeRoom room) => _known.TryGetValue(room, out var known) && known.Kind == RoomKind.Free;

    public bool IsCapable(NodeId node) => _byId.ContainsKey(node);

    /// <summary>The node, if it can start such a task now.</summary>
    public NodeRoom? FreeNode(NodeId node) => _byId.TryGetValue(node, out var room) && IsFree(room) ? room : null;

    public void Update(NodeRoom room, int aheadPerSlot)
    {
        var kind = room.Look(shape, aheadPerSlot);
        var key = KeyOf(room, kind);
        if (_known.TryGetValue(room, out var known))
        {
            if (known.Kind == kind && known.Key.CompareTo(key) == 0) return;
            SetOf(known.Kind)?.Remove(known.Key);
        }

        SetOf(kind)?.Add(key);
        if (kind == RoomKind.None)
        {
            _known.Remove(room);
            _byId.Remove(room.Id);
            return;
        }

        _known[room] = (kind, key);
        _byId[room.Id] = room;
    }

    public void Remove(NodeRoom room)
    {
        if (!_known.Remove(room, out var known)) return;
        _byId.Remove(room.Id);
        SetOf(known.Kind)?.Remove(known.Key);
    }

    private SortedSet<Key>? SetOf(RoomKind kind) => kind switch
    {
        RoomKind.Free => _free,
        RoomKind.Ahead => _ahead,
        RoomKind.Tight => _tight,
        _ => null,
    };

    private Key KeyOf(NodeRoom room, RoomKind kind)
    {
        switch (kind)
        {
            case RoomKind.Free:
                // The smallest GPU that suffices; work without a GPU goes where there are fewest.
                return new Key(shape.Gpus > 0 ? room.SmallestGpu(shape) : room.GpuCount, room.Load(shape), room);
            case RoomKind.Ahead:
                return new Key(room.Ahead(shape.Pool) * 1000 / Math.Max(room.Slots(shape.Pool), 1), 0, room);
            case RoomKind.Tight:
                var (cpu, memory, gpus) = room.Missing(shape);
                return new Key(gpus * 10_000 + cpu, MemoryUnits.Of(memory), room);
            default:
                return new Key(0, 0, room);
        }
    }

    private readonly record struct Key(int First, int Second, NodeRoom Room) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            var order = First.CompareTo(other.First);
            if (order == 0) order = Second.CompareTo(other.Second);
            return order == 0 ? string.CompareOrdinal(Room.Id.Value, other.Room.Id.Value) : order;
        }
    }
}
