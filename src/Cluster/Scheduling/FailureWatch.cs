using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Tells a sick node from a sick clip: a node on which tasks of several clips fail, one after the other without a success between, is
/// at fault itself. Failures that the clip or the program is to blame for do not count.
/// </summary>
internal sealed class FailureWatch(int clips)
{
    private readonly Dictionary<NodeId, HashSet<ClipId>> _failing = [];

    public void Succeeded(NodeId node) => _failing.Remove(node);

    /// <returns>Why the node should get no more work, in words; null while there is no reason.</returns>
    public string? Failed(NodeId node, ClipId clip, FailureKind kind, string text)
    {
        if (clips <= 0 || !BlamesNode(kind)) return null;
        if (!_failing.TryGetValue(node, out var failing)) failing = _failing[node] = [];
        failing.Add(clip);
        if (failing.Count < clips) return null;
        _failing.Remove(node);
        return $"tasks of {failing.Count} clips failed on it one after the other; the last: {text.Split('\n')[0]}";
    }

    private static bool BlamesNode(FailureKind kind) => kind is FailureKind.Transient or FailureKind.MissingTool or FailureKind.Storage;
}
