namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Finds the next task to place and its node. It goes through the heads of all queues in order of priority, share and age. A head that
/// lacks cores, memory or GPUs, though slots are free, reserves the node that lacks least: tasks behind it get nothing there that it
/// waits for, so small tasks do not starve a big one.
/// </summary>
/// <param name="pools">By pool: who got how much.</param>
/// <param name="shapes">All queues, as they are when it is asked.</param>
/// <param name="take">Takes a task out of its queue.</param>
internal sealed class PlacementWalk(PoolBook[] pools, List<ShapeQueue> shapes, Action<WorkItem> take)
{
    private readonly List<ShapeQueue> _heads = [];
    private readonly List<(NodeRoom Room, ShapeQueue For)> _reserved = [];

    /// <param name="parked">Takes tasks that must wait though there is room, because they failed on the nodes that have it.</param>
    /// <param name="now">The time, for pauses after failures.</param>
    public Choice? Next(List<WorkItem> parked, DateTimeOffset now)
    {
        while (true)
        {
            if (!Gather()) return null;
            var isParked = false;
            foreach (var shape in _heads)
            {
                var item = shape.Head!;
                if (!shape.Nodes.HasFree && !shape.Nodes.HasAhead)
                {
                    if (shape.Nodes.Tight is { } room) _reserved.Add((room, shape));
                    continue;
                }

                if (Choose(shape, item, now) is { } choice) return choice;
                if (!MustWait(shape, item)) continue;
                take(item);
                parked.Add(item);
                isParked = true;
                break;
            }

            if (!isParked) return null;
        }
    }

    /// <summary>Something waits for which some node has room.</summary>
    public bool HasRoom
    {
        get
        {
            foreach (var shape in shapes)
                if (shape.Count > 0 && (shape.Nodes.HasFree || shape.Nodes.HasAhead)) return true;
            return false;
        }
    }

    /// <returns>False when nothing can be placed.</returns>
    private bool Gather()
    {
        _heads.Clear();
        _reserved.Clear();
        var hasRoom = false;
        foreach (var shape in shapes)
        {
            if (shape.Count == 0) continue;
            _heads.Add(shape);
            hasRoom |= shape.Nodes.HasFree || shape.Nodes.HasAhead;
        }

        if (hasRoom && _heads.Count > 1) _heads.Sort(Compare);
        return hasRoom;
    }

    private Choice? Choose(ShapeQueue shape, WorkItem item, DateTimeOffset now)
    {
        if (item.Offer.Warm is { } warm && !item.Avoids(warm) && shape.Nodes.FreeNode(warm) is { } home && IsOpen(home, shape)) return new(item, home, false);
        if (shape.Nodes.Best is { } best && !item.Avoids(best.Id) && IsOpen(best, shape)) return new(item, best, false);
        foreach (var (nodes, isAhead) in new[] { (shape.Nodes.Free, false), (shape.Nodes.Ahead, true) })
        {
            NodeRoom? last = null;
            foreach (var room in nodes)
            {
                if (!IsOpen(room, shape)) continue;
                if (!item.Avoids(room.Id)) return new(item, room, isAhead);
                if (!item.Pauses(room.Id, now)) last ??= room;
            }

            if (last is not null && !HasOther(shape, item)) return new(item, last, isAhead);
        }

        return null;
    }

    /// <summary>There is room, but only where the task should not go.</summary>
    private bool MustWait(ShapeQueue shape, WorkItem item) => shape.Nodes.Free.Concat(shape.Nodes.Ahead).Any(r => IsOpen(r, shape) && item.Avoids(r.Id));

    /// <summary>Some node it need not avoid takes work and is big enough.</summary>
    private static bool HasOther(ShapeQueue shape, WorkItem item) => shape.Nodes.Capable > item.Avoided.Count(shape.Nodes.IsCapable);

    private bool IsOpen(NodeRoom room, ShapeQueue candidate)
    {
        foreach (var (reserved, holder) in _reserved)
        {
            if (reserved != room) continue;
            var (cpu, memory, gpus) = room.Missing(holder.Shape);
            var shape = candidate.Shape;
            if ((cpu > 0 && shape.CpuSlots > 0) || (memory > 0 && shape.MemoryBytes > 0) || (gpus > 0 && shape.Gpus > 0)) return false;
            if (shape.Pool == holder.Shape.Pool && room.Slots(shape.Pool) - room.Used(shape.Pool) <= 1) return false;
        }

        return true;
    }

    private int Compare(ShapeQueue x, ShapeQueue y)
    {
        var (a, b) = (x.Head!, y.Head!);
        var order = b.Clip.Terms.Priority.CompareTo(a.Clip.Terms.Priority);
        if (order != 0) return order;
        var (poolA, poolB) = (pools[(int)a.Shape.Pool], pools[(int)b.Shape.Pool]);
        if (poolA != poolB)
        {
            order = poolA.Fill.CompareTo(poolB.Fill);
            return order != 0 ? order : poolA.Pool.CompareTo(poolB.Pool);
        }

        var (shareA, shareB) = (poolA.ShareOf(a.Clip), poolA.ShareOf(b.Clip));
        order = shareA.Project.Pass.CompareTo(shareB.Project.Pass);
        if (order == 0) order = string.CompareOrdinal(shareA.Project.Name, shareB.Project.Name);
        if (order == 0) order = shareA.Pass.CompareTo(shareB.Pass);
        if (order == 0) order = string.CompareOrdinal(shareA.Name, shareB.Name);
        if (order == 0) order = a.Offer.StageOrder.CompareTo(b.Offer.StageOrder);
        return order != 0 ? order : a.Task.TaskIndex.CompareTo(b.Task.TaskIndex);
    }

    internal readonly record struct Choice(WorkItem Item, NodeRoom Room, bool IsAhead);
}
