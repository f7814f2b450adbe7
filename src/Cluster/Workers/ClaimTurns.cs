using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Decides when a hint is claimed: at once where its pool lacks work, else along with the next result of its clip, which saves two messages
/// and a write of the journal per task. A hint waits for that no longer than <see cref="WorkerTimings.Along"/>. Results wait as well, while
/// their pool has more work than slots: where tasks are so short that several are ahead, one message carries the results of several and
/// claims as many. A result waits no longer than <see cref="WorkerTimings.Together"/>, and it is on the node's disk meanwhile.
/// </summary>
/// <param name="slots">How many per pool.</param>
internal sealed class ClaimTurns(IReadOnlyDictionary<WorkerPool, int> slots, TimeProvider time, WorkerTimings timings)
{
    /// <summary>Claims that one result takes along: each answer may bring a whole list of inputs.</summary>
    private const int MostAlong = 8;

    /// <summary>Results that wait at most: what a node that is lost for good takes along beyond what its slots ran, to be computed again elsewhere.</summary>
    private const int MostResults = 4;

    /// <summary>Files of a result that waits at most.</summary>
    private const int MostFiles = 64;

    private readonly Lock _gate = new();
    private readonly LinkedList<HeldHint> _waiting = [];
    private readonly List<HeldResult> _results = [];

    /// <summary>Per pool: attempts that are claimed or being claimed and not computed; attempts computed whose result is not on its way.</summary>
    private readonly Dictionary<WorkerPool, (int ToCompute, int ToReport)> _counts = slots.ToDictionary(s => s.Key, _ => (0, 0));

    /// <summary>Waits for a hint's turn.</summary>
    /// <returns>The answer to a claim that went along with a result; null when the hint is to be claimed by itself now.</returns>
    public async Task<TaskProtocol.ClaimAnswer?> TakeAsync(TaskProtocol.Run message, CancellationToken cancellation)
    {
        HeldHint hint;
        lock (_gate)
        {
            if (message.Pool is not { } pool || !_counts.ContainsKey(pool)) return null;
            if (!MayWait(pool))
            {
                Count(pool, 1, 0);
                return null;
            }

            hint = new HeldHint(message, pool);
            _waiting.AddLast(hint);
        }

        return await WaitAsync(hint, cancellation).ConfigureAwait(false);
    }

    /// <summary>An attempt was computed: its result will go soon, and its slot is free.</summary>
    public void Computed(WorkerPool? pool) => Change(pool, -1, 1);

    /// <summary>An attempt is over without a result that could take claims along, or was never granted.</summary>
    public void Over(WorkerPool? pool, bool wasComputed) => Change(pool, wasComputed ? 0 : -1, wasComputed ? -1 : 0);

    /// <summary>Waits with a result while there is more work than slots.</summary>
    /// <returns>Whether another result took it along, and the answer to that.</returns>
    public async Task<HeldResult.Sent> HoldAsync(WorkerPool? pool, TaskProtocol.Done message, long computed, CancellationToken stop)
    {
        HeldResult result;
        lock (_gate)
        {
            if (pool is not { } known || !MayHold(known) || message.Files.Count > MostFiles || _results.Count >= MostResults) return default;
            result = new HeldResult(message, known, computed);
            _results.Add(result);
        }

        // Nothing is thrown where time runs out: on a node that is short of time that happens to many, and exceptions would cost it more.
        await ((Task)result.Fate.WaitAsync(timings.Together, time, stop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (_results.Remove(result)) return default;
        }

        return await result.Fate.ConfigureAwait(false);
    }

    /// <summary>A result of a pool goes now, and takes along what waits of its clip.</summary>
    public Along TakeAlong(WorkerPool? pool, ClipId clip)
    {
        if (pool is not { } known) return Along.Nothing;
        lock (_gate)
        {
            var hints = _waiting.Where(h => h.Message.Clip == clip).Take(MostAlong).ToArray();
            foreach (var hint in hints)
            {
                _waiting.Remove(hint);
                Count(hint.Pool, 1, 0);
            }

            var results = _results.Where(r => r.Message.Clip == clip).ToArray();
            foreach (var result in results)
            {
                _results.Remove(result);
                Count(result.Pool, 0, -1);
            }

            Count(known, 0, -1);
            Release();
            return new Along(results, hints);
        }
    }

    /// <summary>Nothing waits any more: the node drains, and what it was offered is claimed to be given back.</summary>
    public void ReleaseAll()
    {
        lock (_gate)
        {
            while (_waiting.First is { } first) Release(first);
            _results.ForEach(r => r.LetGo());
            _results.Clear();
        }
    }

    private async Task<TaskProtocol.ClaimAnswer?> WaitAsync(HeldHint hint, CancellationToken cancellation)
    {
        try
        {
            return await hint.Answer.WaitAsync(timings.Along, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                if (_waiting.Find(hint) is { } waiting) Release(waiting);
            }

            return await hint.Answer.ConfigureAwait(false); // it may have gone along at the last moment
        }
        catch (OperationCanceledException)
        {
            lock (_gate) _waiting.Remove(hint);
            throw;
        }
    }

    private void Change(WorkerPool? pool, int toCompute, int toReport)
    {
        if (pool is not { } known || !_counts.ContainsKey(known)) return;
        lock (_gate)
        {
            Count(known, toCompute, toReport);
            Release();
        }
    }

    /// <summary>Every slot has work and one more attempt waits, or a result is about to go.</summary>
    private bool MayWait(WorkerPool pool)
    {
        var (toCompute, toReport) = _counts[pool];
        return toCompute > slots[pool] || (toCompute == slots[pool] && toReport > 0);
    }

    /// <summary>There is more work than slots, so a later result will go while the slots are busy.</summary>
    private bool MayHold(WorkerPool pool) => _counts.TryGetValue(pool, out var counts) && counts.ToCompute > slots[pool];

    private void Count(WorkerPool pool, int toCompute, int toReport)
    {
        if (_counts.TryGetValue(pool, out var counts)) _counts[pool] = (counts.ToCompute + toCompute, counts.ToReport + toReport);
    }

    private void Release()
    {
        for (var at = _waiting.First; at is not null;)
        {
            var next = at.Next;
            if (!MayWait(at.Value.Pool)) Release(at);
            at = next;
        }

        ReleaseResults();
    }

    /// <summary>Where work runs out and no other result is about to go, the first that waits of each clip goes and takes the others along.</summary>
    private void ReleaseResults()
    {
        if (_results.Count == 0) return;
        var first = _results.Where(r => !MayHold(r.Pool) && _counts[r.Pool].ToReport <= _results.Count(o => o.Pool == r.Pool)).DistinctBy(r => r.Message.Clip).ToArray();
        foreach (var result in first)
        {
            _results.Remove(result);
            result.LetGo();
        }
    }

    private void Release(LinkedListNode<HeldHint> waiting)
    {
        _waiting.Remove(waiting);
        Count(waiting.Value.Pool, 1, 0);
        waiting.Value.Answered(null);
    }
}
