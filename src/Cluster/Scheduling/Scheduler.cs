using System.Diagnostics.CodeAnalysis;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Decides which waiting task runs on which node. Strict priorities; below them slot time is shared by weight between projects and then
/// between a project's clips; a task goes only where everything it needs is free. It has no clock, no randomness and no I/O: the same
/// calls give the same placements. Every call costs O(log n) per task it concerns. Used by one thread at a time.
/// </summary>
public sealed class Scheduler
{
    private const int KeptShapes = 64;

    private static readonly ResourceRequest Slot = new(CpuSlots: 0);

    private readonly SchedulerOptions _options;
    private readonly PoolBook[] _pools;
    private readonly Dictionary<ClipId, ClipShare> _clips = [];
    private readonly Dictionary<NodeId, NodeRoom> _rooms = [];
    private readonly Dictionary<TaskShape, ShapeQueue> _byShape = [];
    private readonly List<ShapeQueue> _shapes = [];
    private readonly List<WorkItem> _parked = [];
    private readonly PlacementWalk _walk;

    public Scheduler(SchedulerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _pools = Enum.GetValues<WorkerPool>().Select(p => new PoolBook(p, options)).ToArray();
        _walk = new PlacementWalk(_pools, _shapes, Dequeue);
    }

    /// <summary>Tasks that wait for a node.</summary>
    public int WaitingCount => _shapes.Sum(s => s.Count);

    /// <summary>Work and slots per pool.</summary>
    public IReadOnlyList<PoolLoad> Load => _pools.Select(p => new PoolLoad(p.Pool, p.Nodes.Count, p.SlotCount, p.RunningCount,
        p.UsedCount - p.RunningCount, _shapes.Where(s => s.Shape.Pool == p.Pool).Sum(s => s.Count))).ToArray();

    internal IEnumerable<ShapeQueue> Shapes => _shapes;

    internal IEnumerable<NodeRoom> Rooms => _rooms.Values;

    /// <summary>Some pool has no other node that takes work.</summary>
    public bool IsLast(NodeId node) => _rooms.TryGetValue(node, out var room) && room.TakesWork && _pools.Any(p => room.Serves(p.Pool) && p.Nodes.Count == 1);

    internal PoolBook Pool(WorkerPool pool) => _pools[(int)pool];

    internal bool Knows(ClipId clip) => _clips.ContainsKey(clip);

    /// <summary>Tasks of a clip that wait or are booked.</summary>
    internal IEnumerable<TaskId> TasksOf(ClipId clip) => _clips.TryGetValue(clip, out var share) ? share.Items.Keys : [];

    /// <summary>Makes a clip known, or changes its priority and weight. A clip never changes its project.</summary>
    public void SetClip(ClipId clip, ClipTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!_clips.TryGetValue(clip, out var share))
        {
            _clips[clip] = new ClipShare(clip, terms);
            return;
        }

        if (share.Terms == terms) return;
        var queues = share.Shares.Where(s => s is not null).SelectMany(s => s!.Queues).ToArray();
        foreach (var queue in queues) queue.Owner.Detach(queue);
        foreach (var queue in queues)
        {
            queue.Share.Project.Tasks.Change(share.Terms.Priority, -queue.Items.Count);
            queue.Share.Project.Tasks.Change(terms.Priority, queue.Items.Count);
        }

        share.Terms = terms;
        foreach (var queue in queues) queue.Owner.Attach(queue);
    }

    /// <summary>Forgets a clip with everything that waits or is booked of it.</summary>
    public void RemoveClip(ClipId clip)
    {
        if (!_clips.TryGetValue(clip, out var share)) return;
        foreach (var item in share.Items.Values.ToArray())
        {
            if (item.Booking is null) Dequeue(item);
            else Unbook(item, item.Booking.Since, 0);
        }

        _clips.Remove(clip);
    }

    /// <summary>A task may be placed from now on. One that waits already is replaced; one that is booked stays so.</summary>
    public void Offer(ClipId clip, TaskOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var share = _clips[clip];
        if (share.Items.TryGetValue(offer.Task, out var known))
        {
            if (known.Booking is not null) return;
            Dequeue(known);
        }

        var item = share.Items[offer.Task] = ItemOf(share, offer);
        Enqueue(item);
    }

    /// <summary>A task may not be placed any more; one that runs goes on.</summary>
    public void Withdraw(ClipId clip, TaskId task)
    {
        if (!TryFind(clip, task, out var item) || item.Booking?.Epoch is not null) return;
        if (item.Booking is null) Dequeue(item);
        else Unbook(item, item.Booking.Since, 0);
        item.Clip.Items.Remove(task);
    }

    /// <summary>A node claimed a task, be it the one it was placed on or another.</summary>
    public void Started(ClipId clip, TaskOffer offer, NodeId node, long epoch, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var share = _clips[clip];
        if (!share.Items.TryGetValue(offer.Task, out var item)) item = share.Items[offer.Task] = ItemOf(share, offer);
        else if (item.Booking is null) Dequeue(item);
        else if (item.Booking.Room.Id == node && item.Booking.Epoch == epoch) return;
        else if (item.Booking.Room.Id != node) Unbook(item, item.Booking.Since, 0);
        if (item.Booking is null)
        {
            var room = RoomOf(node);
            Book(item, room, room.Used(offer.Pool) >= room.Slots(offer.Pool) && room.Capacity is not null, at);
        }

        if (item.Booking!.Epoch is null) Pool(offer.Pool).RunningCount++;
        item.Booking.Epoch = epoch;
        item.Booking.Since = at;
    }

    /// <summary>An attempt ended, in whatever way; what it took is free.</summary>
    /// <param name="isTypical">It ran to its end, so its duration says something about the pool.</param>
    public void Ended(ClipId clip, TaskId task, DateTimeOffset at, bool isTypical)
    {
        if (!TryFind(clip, task, out var item)) return;
        if (item.Booking is null) Dequeue(item);
        else
        {
            var seconds = item.Booking.Epoch is null ? 0 : PoolBook.Cost(item.Booking.IsAhead ? TimeSpan.Zero : at - item.Booking.Since);
            Unbook(item, at, seconds);
            if (isTypical && Pool(item.Shape.Pool).Note(seconds)) ReindexPool(item.Shape.Pool);
        }

        item.Clip.Items.Remove(task);
    }

    /// <summary>The node a task was placed on did not claim it: the task waits again, and another node is preferred.</summary>
    /// <returns>False when the task is not waiting for a claim.</returns>
    public bool Unanswered(ClipId clip, TaskId task)
    {
        if (!TryFind(clip, task, out var item) || item.Booking is not { Epoch: null } booking) return false;
        Unbook(item, booking.Since, 0);
        item.Refused(booking.Room.Id);
        Enqueue(item);
        return true;
    }

    /// <summary>Whether a task was placed and not claimed yet.</summary>
    public bool AwaitsClaim(ClipId clip, TaskId task, int attempt) =>
        TryFind(clip, task, out var item) && item.Booking is { Epoch: null } && item.Tries == attempt;

    /// <summary>Makes a node known, or takes over what it offers now. When it takes no work, what it has not claimed waits again.</summary>
    /// <returns>False when it offers what it offered before.</returns>
    public bool SetNode(NodeId node, NodeCapacity capacity, bool takesWork)
    {
        ArgumentNullException.ThrowIfNull(capacity);
        var room = RoomOf(node);
        var before = room.Capacity;
        if (before is not null && NodeRoom.Same(before, capacity) && room.TakesWork == takesWork) return false;
        Count(room, -1);
        room.Offer(capacity, takesWork);
        Count(room, 1);
        if (!takesWork) Abandon(room);
        Reindex(room);
        return true;
    }

    /// <summary>A node is gone: what it has not claimed waits again. What it runs is booked on it until the clip says that it ended.</summary>
    public void RemoveNode(NodeId node)
    {
        if (!_rooms.TryGetValue(node, out var room)) return;
        if (room.Capacity is not null) SetNode(node, room.Capacity, takesWork: false);
        if (room.Items.Count > 0) return;
        Count(room, -1);
        _rooms.Remove(node);
        foreach (var shape in _shapes) shape.Nodes.Remove(room);
    }

    /// <summary>A node for work of a pool that takes no slot, such as planning: each in turn. Null when none takes work.</summary>
    public NodeId? NextNode(WorkerPool pool) => Pool(pool).Nodes.Next();

    /// <summary>What runs on a node, with the epoch of its attempt and since when.</summary>
    public IReadOnlyList<(ClipId Clip, TaskId Task, long Epoch, DateTimeOffset Since)> RunningOn(NodeId node) =>
        _rooms.TryGetValue(node, out var room)
            ? room.Items.Where(i => i.Booking!.Epoch is not null)
                .Select(i => (i.Clip.Clip, i.Task, i.Booking!.Epoch!.Value, i.Booking.Since)).ToArray()
            : [];

    /// <summary>Places every waiting task for which there is room now.</summary>
    public IReadOnlyList<Placement> Place(DateTimeOffset now)
    {
        if (!_walk.HasRoom) return [];
        List<Placement> placed = [];
        while (_walk.Next(_parked, now) is { } choice)
        {
            Dequeue(choice.Item);
            Book(choice.Item, choice.Room, choice.IsAhead, now);
            placed.Add(new Placement(choice.Item.Clip.Clip, choice.Item.Task, choice.Room.Id, choice.IsAhead, choice.Item.Tries));
        }

        foreach (var item in _parked) Enqueue(item);
        _parked.Clear();
        return placed;
    }

    internal bool TryFind(ClipId clip, TaskId task, [NotNullWhen(true)] out WorkItem? item)
    {
        item = null;
        return _clips.TryGetValue(clip, out var share) && share.Items.TryGetValue(task, out item);
    }

    internal ShapeQueue QueueOf(WorkItem item)
    {
        if (_byShape.TryGetValue(item.Shape, out var queue)) return queue;
        if (_shapes.Count >= KeptShapes) DropIdle();
        queue = _byShape[item.Shape] = new ShapeQueue(item.Shape);
        _shapes.Add(queue);
        foreach (var room in _rooms.Values.Where(r => r.Capacity is not null)) queue.Nodes.Update(room, Pool(item.Shape.Pool).AheadPerSlot);
        return queue;
    }

    private void DropIdle()
    {
        foreach (var idle in _shapes.Where(s => s.Count == 0)) _byShape.Remove(idle.Shape);
        _shapes.RemoveAll(s => s.Count == 0);
    }

    private WorkItem ItemOf(ClipShare share, TaskOffer offer) =>
        new(share, _options.SlotsOnly ? offer with { Needs = Slot, AboveMemory = 0 } : offer);

    private void Enqueue(WorkItem item) => Pool(item.Shape.Pool).Enqueue(item, item.Queue = QueueOf(item));

    private void Dequeue(WorkItem item)
    {
        if (item.Queue is not { } queue) return;
        Pool(item.Shape.Pool).Dequeue(item, queue);
        item.Queue = null;
    }

    private void Book(WorkItem item, NodeRoom room, bool isAhead, DateTimeOffset at)
    {
        var pool = Pool(item.Shape.Pool);
        item.Booking = new Booking(room, isAhead, pool.Estimate, at);
        pool.Charge(item.Clip, pool.Estimate);
        pool.UsedCount++;
        room.Book(item);
        ReindexServed(room);
    }

    private void Unbook(WorkItem item, DateTimeOffset at, double seconds)
    {
        var (booking, pool) = (item.Booking!, Pool(item.Shape.Pool));
        if (booking.Room.Free(item) is { } next) next.Booking!.Since = at;
        item.Booking = null;
        pool.UsedCount--;
        if (booking.Epoch is not null) pool.RunningCount--;
        pool.Charge(item.Clip, seconds - booking.Charged);
        if (booking.Room.Items.Count == 0 && booking.Room.Capacity is null) _rooms.Remove(booking.Room.Id);
        else ReindexServed(booking.Room);
    }

    private void Abandon(NodeRoom room)
    {
        foreach (var item in room.Items.Where(i => i.Booking!.Epoch is null).ToArray())
        {
            Unbook(item, item.Booking!.Since, 0);
            Enqueue(item);
        }
    }

    private NodeRoom RoomOf(NodeId node) => _rooms.TryGetValue(node, out var room) ? room : _rooms[node] = new NodeRoom(node);

    private void Count(NodeRoom room, int sign)
    {
        if (!room.TakesWork) return;
        foreach (var pool in _pools.Where(p => room.Serves(p.Pool)))
        {
            pool.SlotCount += sign * room.Slots(pool.Pool);
            if (sign > 0) pool.Nodes.Add(room.Id);
            else pool.Nodes.Remove(room.Id);
        }
    }

    private void Reindex(NodeRoom room)
    {
        if (room.Capacity is null) return;
        foreach (var shape in _shapes) shape.Nodes.Update(room, Pool(shape.Shape.Pool).AheadPerSlot);
    }

    /// <summary>What is booked changed: for pools the node does not serve that changes nothing.</summary>
    private void ReindexServed(NodeRoom room)
    {
        if (room.Capacity is null) return;
        foreach (var shape in _shapes)
            if (room.Serves(shape.Shape.Pool)) shape.Nodes.Update(room, Pool(shape.Shape.Pool).AheadPerSlot);
    }

    private void ReindexPool(WorkerPool pool)
    {
        foreach (var shape in _shapes.Where(s => s.Shape.Pool == pool))
            foreach (var room in _rooms.Values.Where(r => r.Capacity is not null)) shape.Nodes.Update(room, Pool(pool).AheadPerSlot);
    }
}
