using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>The nodes that serve one pool and take work, in turn, for work that needs no slot. All calls cost O(1).</summary>
internal sealed class NodeRing
{
    private readonly List<NodeId> _nodes = [];
    private readonly Dictionary<NodeId, int> _places = [];
    private int _next;

    public int Count => _nodes.Count;

    public void Add(NodeId node)
    {
        if (_places.TryAdd(node, _nodes.Count)) _nodes.Add(node);
    }

    public void Remove(NodeId node)
    {
        if (!_places.Remove(node, out var place)) return;
        var last = _nodes[^1];
        _nodes.RemoveAt(_nodes.Count - 1);
        if (last == node) return;
        _nodes[place] = last;
        _places[last] = place;
    }

    /// <summary>The next in turn; null when there is none.</summary>
    public NodeId? Next() => _nodes.Count == 0 ? null : _nodes[_next++ % _nodes.Count];
}
