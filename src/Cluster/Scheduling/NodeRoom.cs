using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>What of a node is free.</summary>
internal sealed class NodeRoom
{
    private static readonly int Pools = Enum.GetValues<WorkerPool>().Length;

    private readonly int[] _slots = new int[Pools];
    private readonly int[] _used = new int[Pools];
    private readonly int[] _ahead = new int[Pools];
    private int[] _gpuUnits = [];
    private bool[] _gpuBusy = [];
    private int _memoryUnits;
    private long _memoryTotal;
    private long _memoryFree;
    private int _cpuFree;

    public NodeRoom(NodeId id) => Id = id;

    public NodeId Id { get; }

    public NodeCapacity? Capacity { get; private set; }

    public bool TakesWork { get; private set; }

    /// <summary>Everything booked on it, by when it was booked.</summary>
    public List<WorkItem> Items { get; } = [];

    public int GpuCount => _gpuUnits.Length;

    public int Slots(WorkerPool pool) => _slots[(int)pool];

    public int Used(WorkerPool pool) => _used[(int)pool];

    public int Ahead(WorkerPool pool) => _ahead[(int)pool];

    public bool Serves(WorkerPool pool) => _slots[(int)pool] > 0;

    /// <summary>The two offer the same.</summary>
    public static bool Same(NodeCapacity one, NodeCapacity other) => ReferenceEquals(one, other) || (one.CpuSlots == other.CpuSlots
        && one.MemoryBytes == other.MemoryBytes && one.Slots.SequenceEqual(other.Slots) && one.Gpus.SequenceEqual(other.Gpus));

    /// <summary>Takes over what the node offers now, and counts what is booked on it anew.</summary>
    public void Offer(NodeCapacity capacity, bool takesWork)
    {
        TakesWork = takesWork;
        if (Capacity is not null && Same(Capacity, capacity)) return;
        Capacity = capacity;
        for (var i = 0; i < Pools; i++) _slots[i] = Math.Max(capacity.Slots.GetValueOrDefault((WorkerPool)i), 0);
        _gpuUnits = capacity.Gpus.Select(g => MemoryUnits.Of(g.MemoryBytes)).Order().ToArray();
        _gpuBusy = new bool[_gpuUnits.Length];
        _memoryUnits = MemoryUnits.Of(capacity.MemoryBytes);
        (_memoryTotal, _cpuFree) = (MemoryUnits.Bytes(_memoryUnits), capacity.CpuSlots);
        _memoryFree = _memoryTotal;
        Array.Clear(_used);
        Array.Clear(_ahead);
        foreach (var item in Items) Take(item);
    }

    /// <summary>It could run such a task if nothing else ran on it.</summary>
    public bool CouldRun(in TaskShape shape) => Serves(shape.Pool) && shape.CpuSlots <= Capacity!.CpuSlots && shape.MemoryBytes <= _memoryTotal
        && shape.NodeMemory <= _memoryUnits && GpusAtLeast(shape.GpuMemory, freeOnly: false) >= shape.Gpus;

    public RoomKind Look(in TaskShape shape, int aheadPerSlot)
    {
        if (!TakesWork || !CouldRun(shape)) return RoomKind.None;
        if (Used(shape.Pool) >= Slots(shape.Pool))
            return Ahead(shape.Pool) < aheadPerSlot * Slots(shape.Pool) ? RoomKind.Ahead : RoomKind.Full;
        return Missing(shape) == (0, 0, 0) ? RoomKind.Free : RoomKind.Tight;
    }

    /// <summary>What lacks for such a task besides the slot: cores, bytes, GPUs.</summary>
    public (int Cpu, long Memory, int Gpus) Missing(in TaskShape shape) => (Math.Max(shape.CpuSlots - _cpuFree, 0),
        Math.Max(shape.MemoryBytes - _memoryFree, 0), Math.Max(shape.Gpus - GpusAtLeast(shape.GpuMemory, freeOnly: true), 0));

    /// <summary>Share of it in use, in thousandths, as far as such a task is concerned.</summary>
    public int Load(in TaskShape shape)
    {
        var slots = Used(shape.Pool) * 1000 / Math.Max(Slots(shape.Pool), 1);
        var cpu = (Capacity!.CpuSlots - _cpuFree) * 1000 / Math.Max(Capacity.CpuSlots, 1);
        return Math.Max(slots, cpu);
    }

    /// <summary>Memory of the smallest free GPU that would be taken; 0 without one.</summary>
    public int SmallestGpu(in TaskShape shape)
    {
        for (var i = 0; i < _gpuUnits.Length; i++)
            if (!_gpuBusy[i] && _gpuUnits[i] >= shape.GpuMemory) return _gpuUnits[i];
        return 0;
    }

    public void Book(WorkItem item)
    {
        Items.Add(item);
        Take(item);
    }

    /// <summary>Frees what a task took.</summary>
    /// <returns>A task that waited behind it and now has its room.</returns>
    public WorkItem? Free(WorkItem item)
    {
        Items.Remove(item);
        var (booking, pool) = (item.Booking!, (int)item.Shape.Pool);
        if (booking.IsAhead)
        {
            _ahead[pool]--;
            return null;
        }

        _used[pool]--;
        _cpuFree += item.Shape.CpuSlots;
        _memoryFree += item.Shape.MemoryBytes;
        foreach (var gpu in booking.Gpus) _gpuBusy[gpu] = false;
        return _ahead[pool] > 0 ? Promote(item.Shape.Pool) : null;
    }

    private WorkItem Promote(WorkerPool pool)
    {
        var next = Items.Where(i => i.Shape.Pool == pool && i.Booking!.IsAhead).MinBy(i => i.Booking!.Since)!;
        _ahead[(int)pool]--;
        next.Booking!.IsAhead = false;
        Take(next);
        return next;
    }

    private void Take(WorkItem item)
    {
        var (booking, shape) = (item.Booking!, item.Shape);
        if (booking.IsAhead)
        {
            _ahead[(int)shape.Pool]++;
            return;
        }

        _used[(int)shape.Pool]++;
        _cpuFree -= shape.CpuSlots;
        _memoryFree -= shape.MemoryBytes;
        if (shape.Gpus == 0) return;
        booking.Gpus = Enumerable.Range(0, _gpuUnits.Length).Where(i => !_gpuBusy[i] && _gpuUnits[i] >= shape.GpuMemory).Take(shape.Gpus).ToArray();
        foreach (var gpu in booking.Gpus) _gpuBusy[gpu] = true;
    }

    private int GpusAtLeast(int units, bool freeOnly)
    {
        var count = 0;
        for (var i = 0; i < _gpuUnits.Length; i++)
            if (_gpuUnits[i] >= units && !(freeOnly && _gpuBusy[i])) count++;
        return count;
    }
}
