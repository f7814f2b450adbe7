using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>Says why the scheduler has not placed a task, from what it would have looked at. For people's requests: it looks at every node.</summary>
internal sealed class PlacementExplainer(Scheduler scheduler, IReadOnlyList<KnownNode> nodes)
{
    private const int NamedNodes = 5;

    public WaitReason Explain(string subject, WorkItem item)
    {
        if (item.Booking is { } booking) return Placed(subject, booking);
        var shape = item.Shape;
        var serving = nodes.Where(n => n.Beat?.Capacity.Slots.GetValueOrDefault(shape.Pool) > 0).ToArray();
        if (serving.Length == 0) return NoNode(subject, shape.Pool);
        var taking = serving.Where(n => n.TakesWork).ToArray();
        if (taking.Length == 0)
        {
            return new(subject, WaitCode.NodesClosed, $"no node of pool {Pools.Name(shape.Pool)} takes work: {Names(serving, n => $"{n.Id} is {n.Obstacle}")}",
                "depth3d node list; depth3d node uncordon, or start a node");
        }

        var queue = scheduler.QueueOf(item);
        if (queue.Nodes.Capable == 0) return TooBig(subject, item, serving, taking);
        if (queue.Nodes.HasFree || queue.Nodes.HasAhead) return WithRoom(subject, item, queue);
        return queue.Nodes.Tight is { } tight ? Scarce(subject, item, tight, queue) : Full(subject, item, queue);
    }

    public static WaitReason NoNode(string subject, WorkerPool pool) => new(subject, WaitCode.NoNode, $"no node serves pool {Pools.Name(pool)}",
        $"start one: depth3d node start --role {Pools.Role(pool)}");

    private static WaitReason Placed(string subject, Booking booking) => booking switch
    {
        { Epoch: not null, IsAhead: true } => new(subject, WaitCode.PlacedAhead, $"claimed by {booking.Room.Id}, behind another task there"),
        { Epoch: not null } => new(subject, WaitCode.TaskRunning, $"runs on {booking.Room.Id}, attempt {booking.Epoch}"),
        _ => new(subject, WaitCode.Placed, $"placed on {booking.Room.Id} at {booking.Since:HH:mm:ss}, which has not claimed it yet"),
    };

    private static WaitReason TooBig(string subject, WorkItem item, KnownNode[] serving, KnownNode[] taking)
    {
        var needs = $"needs {Needs(item)}, more than any of the {taking.Length} nodes of pool {Pools.Name(item.Shape.Pool)} that take work has";
        var others = serving.Except(taking).Where(n => Fits(n, item)).ToArray();
        return others.Length > 0
            ? new(subject, WaitCode.TooBig, $"{needs}; {Names(others, n => $"{n.Id}, which has, is {n.Obstacle}")}", "depth3d node uncordon, or wait for it")
            : new(subject, WaitCode.TooBig, needs, $"start a bigger node: depth3d node start --role {Pools.Role(item.Shape.Pool)}");
    }

    private static bool Fits(KnownNode node, WorkItem item)
    {
        var room = new NodeRoom(node.Id);
        room.Offer(node.Beat!.Capacity, takesWork: true);
        return room.CouldRun(item.Shape);
    }

    private WaitReason WithRoom(string subject, WorkItem item, ShapeQueue queue)
    {
        var avoided = item.Avoided.Where(queue.Nodes.IsCapable).ToArray();
        var open = queue.Nodes.Free.Concat(queue.Nodes.Ahead);
        if (avoided.Length > 0 && open.All(r => item.Avoids(r.Id)))
        {
            var failed = avoided.Where(item.FailedOn).ToArray();
            if (avoided.Length == queue.Nodes.Capable && failed.Length > 0 && item.Offer.AvoidUntil is { } until)
            {
                var deaf = avoided.Except(failed).ToArray();
                var others = deaf.Length > 0 ? $"; {string.Join(", ", deaf)} did not answer and {(deaf.Length == 1 ? "has" : "have")} no room now" : "";
                return new(subject, WaitCode.Avoids, $"only {string.Join(", ", avoided)} can run it; it failed on {string.Join(", ", failed)} "
                    + $"and is tried there again at {until:HH:mm:ss}{others}", "depth3d task show, or start another node");
            }

            return new(subject, WaitCode.Avoids, $"only {string.Join(", ", avoided)} has room, where it failed or was not answered; "
                + $"{queue.Nodes.Capable - avoided.Length} other nodes could run it and are busy");
        }

        var before = scheduler.Shapes.FirstOrDefault(s => s.Count > 0 && s != queue && s.Nodes is { HasFree: false, Tight: not null }
            && s.Head!.Clip.Terms.Priority >= item.Clip.Terms.Priority);
        return before is not null
            ? new(subject, WaitCode.Reserved, $"the room on {before.Nodes.Tight!.Id} is kept for {before.Head!.Clip.Clip} {before.Head.Task}, which comes before it")
            : new(subject, WaitCode.AboutToRun, "will be placed at once");
    }

    private WaitReason Scarce(string subject, WorkItem item, NodeRoom tight, ShapeQueue queue)
    {
        var (cpu, memory, gpus) = tight.Missing(item.Shape);
        var lacks = new[] { (gpus > 0, $"{gpus} GPUs"), (cpu > 0, $"{cpu} cores"), (memory > 0, $"{Size(memory)} of memory") }.Where(l => l.Item1).Select(l => l.Item2);
        return new(subject, WaitCode.ResourcesTaken,
            $"needs {Needs(item)}; nearest to it is {tight.Id}, where {string.Join(" and ", lacks)} are taken by {tight.Items.Count} tasks{Before(item, queue)}");
    }

    private WaitReason Full(string subject, WorkItem item, ShapeQueue queue)
    {
        var pool = scheduler.Pool(item.Shape.Pool);
        return new(subject, WaitCode.SlotsTaken,
            $"all slots of the {queue.Nodes.Capable} nodes that could run it are taken ({pool.UsedCount} tasks in pool {Pools.Name(pool.Pool)}){Before(item, queue)}",
            "depth3d clip priority, or start another node");
    }

    private string Before(WorkItem item, ShapeQueue queue)
    {
        var priority = item.Clip.Terms.Priority;
        var pool = scheduler.Shapes.Where(s => s.Shape.Pool == item.Shape.Pool).ToArray();
        var above = pool.Sum(s => s.CountAbove(priority));
        var same = pool.Sum(s => s.CountAbove(priority - 1)) - above;
        var turn = queue.Head == item ? "it is the next of its kind" : $"it shares with {same - 1} tasks of the same priority, by weight";
        return above > 0 ? $"; {above} tasks of higher priority come first" : $"; {turn}";
    }

    private static string Needs(WorkItem item)
    {
        var needs = item.Offer.Needs;
        var parts = new List<string>();
        if (needs.Gpus > 0) parts.Add(needs.GpuMemoryBytes > 0 ? $"{needs.Gpus} GPUs of {Size(needs.GpuMemoryBytes)}" : $"{needs.Gpus} GPUs");
        parts.Add($"{needs.CpuSlots} cores");
        if (needs.MemoryBytes > 0) parts.Add($"{Size(needs.MemoryBytes)} of memory");
        if (item.Offer.AboveMemory > 0) parts.Add($"more than the {Size(item.Offer.AboveMemory)} that did not suffice");
        return string.Join(", ", parts);
    }

    private static string Size(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB");

    private static string Names(KnownNode[] nodes, Func<KnownNode, string> describe) =>
        string.Join("; ", nodes.Take(NamedNodes).Select(describe)) + (nodes.Length > NamedNodes ? $"; and {nodes.Length - NamedNodes} more" : "");
}
