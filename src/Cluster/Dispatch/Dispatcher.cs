using Depth3D.Messages;

namespace Depth3D.Cluster.Dispatch;

/// <summary>
/// Chooses which tasks of a pool to release next. A pure function: stride scheduling (weighted round robin) over the clips of the
/// highest priority that have ready tasks. Cost per released task grows with the logarithm of the number of clips.
/// </summary>
public static class Dispatcher
{
    /// <param name="credits">How many tasks may be released now.</param>
    /// <param name="clips">The clips that have work for the pool, in any order.</param>
    public static IReadOnlyList<(ClipId Clip, TaskId Task)> Decide(int credits, IEnumerable<ClipWork> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var queue = new PriorityQueue<(ClipWork Clip, int Next), Turn>();
        foreach (var clip in clips)
        {
            if (clip.Ready.Count > 0) queue.Enqueue((clip, 0), new Turn(clip.Priority, clip.Pass, clip.Clip));
        }

        var released = new List<(ClipId, TaskId)>();
        while (released.Count < credits && queue.TryDequeue(out var item, out var turn))
        {
            released.Add((item.Clip.Clip, item.Clip.Ready[item.Next]));
            if (item.Next + 1 < item.Clip.Ready.Count)
                queue.Enqueue((item.Clip, item.Next + 1), turn with { Pass = turn.Pass + Stride(item.Clip.Weight) });
        }

        return released;
    }

    /// <summary>How far one released task moves a clip's <see cref="ClipWork.Pass"/>.</summary>
    public static double Stride(int weight) => 1.0 / Math.Max(weight, 1);

    private readonly record struct Turn(int Priority, double Pass, ClipId Clip) : IComparable<Turn>
    {
        public int CompareTo(Turn other)
        {
            var order = other.Priority.CompareTo(Priority);
            if (order == 0) order = Pass.CompareTo(other.Pass);
            return order == 0 ? string.CompareOrdinal(Clip.Value, other.Clip.Value) : order;
        }
    }
}
