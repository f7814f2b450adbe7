using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// The slots and GPUs of this node. Attempts that find none free wait in the order in which they came; where GPUs are waited for, nobody
/// overtakes, so that a task of two GPUs does not wait behind tasks of one for ever.
/// </summary>
internal sealed class SlotBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WorkerPool, SortedSet<int>> _free;
    private readonly List<GpuInfo> _gpus;
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly bool _hasGpus;

    /// <param name="slots">How many per pool.</param>
    /// <param name="gpus">GPUs the node holds; a task of a pool that uses them has those it got for itself.</param>
    public SlotBook(IReadOnlyDictionary<WorkerPool, int> slots, IReadOnlyList<GpuInfo> gpus)
    {
        _free = slots.ToDictionary(s => s.Key, s => new SortedSet<int>(Enumerable.Range(0, s.Value)));
        _gpus = [.. gpus];
        _hasGpus = gpus.Count > 0;
    }

    /// <param name="pool">The pool of the task's stage.</param>
    /// <param name="needs">What it asks for; null for a slot and nothing else. A node that holds no GPUs deals none out.</param>
    /// <exception cref="Depth3DException">The node does not serve the pool.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before a slot was free.</exception>
    public async Task<Slot> TakeAsync(WorkerPool pool, ResourceRequest? needs, CancellationToken cancellation)
    {
        if (!_free.ContainsKey(pool)) throw NotServed(pool);
        var waiter = new Waiter(pool, _hasGpus ? needs?.Gpus ?? 0 : 0, needs?.GpuMemoryBytes ?? 0);
        lock (_gate)
        {
            _waiting.AddLast(waiter);
            Deal();
        }

        using var registration = cancellation.Register(() => GiveUp(waiter, cancellation));
        return await waiter.Slot.Task.ConfigureAwait(false);
    }

    public void Return(Slot slot)
    {
        lock (_gate)
        {
            _free[slot.Pool].Add(slot.Index);
            _gpus.AddRange(slot.Gpus);
            Deal();
        }
    }

    private void Deal()
    {
        var gpusAreWaitedFor = false;
        for (var node = _waiting.First; node is not null;)
        {
            var (next, waiter) = (node.Next, node.Value);
            var takesGpus = waiter.Gpus > 0;
            if (_free[waiter.Pool].Count > 0 && !(takesGpus && gpusAreWaitedFor) && Pick(waiter) is { } gpus)
            {
                var index = _free[waiter.Pool].Min;
                _free[waiter.Pool].Remove(index);
                _waiting.Remove(node);
                waiter.Slot.SetResult(new Slot(waiter.Pool, index, gpus));
            }
            else
            {
                gpusAreWaitedFor |= takesGpus;
            }

            node = next;
        }
    }

    /// <summary>The smallest GPUs that do; null where there are not enough.</summary>
    private GpuInfo[]? Pick(Waiter waiter)
    {
        var fitting = _gpus.Where(g => g.MemoryBytes >= waiter.GpuMemoryBytes).OrderBy(g => g.MemoryBytes).ThenBy(g => g.Uuid, StringComparer.Ordinal)
            .Take(waiter.Gpus).ToArray();
        if (fitting.Length < waiter.Gpus) return null;
        foreach (var gpu in fitting) _gpus.Remove(gpu);
        return fitting;
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(waiter)) return;
            waiter.Slot.SetCanceled(cancellation);
            Deal();
        }
    }

    private static Depth3DException NotServed(WorkerPool pool) =>
        new($"this node has no slot of pool {pool}", remedy: "start it with the role that serves the pool", kind: FailureKind.Transient);

    private sealed record Waiter(WorkerPool Pool, int Gpus, long GpuMemoryBytes)
    {
        public TaskCompletionSource<Slot> Slot { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
