using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>The slots of this node. Attempts that find none free wait in the order in which they came.</summary>
internal sealed class SlotBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WorkerPool, Queue<Slot>> _free;
    private readonly Dictionary<WorkerPool, LinkedList<TaskCompletionSource<Slot>>> _waiting;

    /// <param name="slots">How many per pool.</param>
    /// <param name="gpus">GPUs, dealt out to the slots of the pools that use them in turn; none when the node has none.</param>
    public SlotBook(IReadOnlyDictionary<WorkerPool, int> slots, IReadOnlyList<GpuInfo>? gpus = null)
    {
        _free = slots.ToDictionary(s => s.Key, s => new Queue<Slot>(Enumerable.Range(0, s.Value).Select(i => new Slot(s.Key, i, GpusOf(s.Key, i, gpus ?? [])))));
        _waiting = slots.Keys.ToDictionary(pool => pool, _ => new LinkedList<TaskCompletionSource<Slot>>());
    }

    public bool Serves(WorkerPool pool) => _free.ContainsKey(pool);

    /// <exception cref="OperationCanceledException">The token was cancelled before a slot was free.</exception>
    public async Task<Slot> TakeAsync(WorkerPool pool, CancellationToken cancellation)
    {
        TaskCompletionSource<Slot> waiter;
        lock (_gate)
        {
            if (!_free.TryGetValue(pool, out var free)) throw NotServed(pool);
            if (free.TryDequeue(out var slot)) return slot;
            waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[pool].AddLast(waiter);
        }

        using var registration = cancellation.Register(() => GiveUp(pool, waiter, cancellation));
        return await waiter.Task.ConfigureAwait(false);
    }

    public void Return(Slot slot)
    {
        lock (_gate)
        {
            var waiting = _waiting[slot.Pool];
            if (waiting.First is not { } next)
            {
                _free[slot.Pool].Enqueue(slot);
                return;
            }

            waiting.RemoveFirst();
            next.Value.SetResult(slot);
        }
    }

    private void GiveUp(WorkerPool pool, TaskCompletionSource<Slot> waiter, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_waiting[pool].Remove(waiter)) waiter.SetCanceled(cancellation);
        }
    }

    private static string[] GpusOf(WorkerPool pool, int index, IReadOnlyList<GpuInfo> gpus) =>
        pool is WorkerPool.PreprocessGpu or WorkerPool.Trainer && gpus.Count > 0 ? [gpus[index % gpus.Count].Uuid] : [];

    private static Depth3DException NotServed(WorkerPool pool) =>
        new($"this node has no slot of pool {pool}", remedy: "start it with the role that serves the pool", kind: FailureKind.Transient);
}
