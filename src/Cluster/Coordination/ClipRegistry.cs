using System.Collections.Concurrent;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>
/// The live clip entities of the one owner of all shards: one gate per clip, so commands to a clip are decided one after the other, each
/// on the state the journal holds. An event is on the disk before anybody hears of it. Clips that nothing happens to can leave memory;
/// the next command brings them back.
/// </summary>
public sealed class ClipRegistry(IJournal journal, SteadyClock clock, CoordinatorTimings timings)
{
    private readonly ConcurrentDictionary<ClipId, LiveClip> _live = new();
    private volatile ShardOwnership? _ownership;

    /// <summary>Raised inside the clip's gate, in journal order. Handlers return at once and do not throw.</summary>
    public event Action<ClipId, IReadOnlyList<ClipEvent>, ClipState>? Changed;

    /// <summary>Raised when the journal refused to store a decision: disk full, or another owner (<see cref="StaleOwnerException"/>).</summary>
    public event Action<ClipId, Exception>? Faulted;

    /// <summary>The owner epochs this registry writes with.</summary>
    public ShardOwnership Ownership => _ownership ?? throw new InvalidOperationException("the shards were not acquired");

    /// <summary>Clips in memory.</summary>
    public int LiveCount => _live.Count;

    public bool IsLive(ClipId clip) => _live.ContainsKey(clip);

    /// <summary>Takes all shards: whoever owned them before writes nothing any more. Call it before anything else.</summary>
    public async Task AcquireAsync(int shards, string owner, CancellationToken cancellation) =>
        _ownership = await journal.AcquireAsync(shards, owner, clock.Now, cancellation).ConfigureAwait(false);

    /// <exception cref="StaleOwnerException">Another coordinator acquired the shards: drop this registry and resign.</exception>
    /// <exception cref="JournalConflictException">Another writer appended to the clip; what was known of it is dropped.</exception>
    public async Task<Decision> ApplyAsync(ClipId clip, ClipCommand command, CancellationToken cancellation)
    {
        using var held = await EnterAsync(clip, cancellation).ConfigureAwait(false);
        var decision = ClipEntity.Decide(held.Live.State, command);
        if (decision.Events.Count > 0) await CommitAsync(clip, held.Live, decision.Events).ConfigureAwait(false);
        return decision;
    }

    public async Task<ClipState> StateAsync(ClipId clip, CancellationToken cancellation)
    {
        using var held = await EnterAsync(clip, cancellation).ConfigureAwait(false);
        return held.Live.State;
    }

    /// <summary>Drops what is known of a clip; the next command loads it again.</summary>
    public void Forget(ClipId clip) => _live.TryRemove(clip, out _);

    /// <summary>
    /// Lets clips leave memory that have ended, have no running attempt, and were not touched for a while.
    /// </summary>
    /// <returns>How many left.</returns>
    public int Passivate(TimeSpan idle)
    {
        var left = 0;
        foreach (var (clip, live) in _live)
        {
            if (live.TryRetire(clock.Now - idle) && _live.TryRemove(KeyValuePair.Create(clip, live))) left++;
        }

        return left;
    }

    private async Task<LiveClip.Held> EnterAsync(ClipId clip, CancellationToken cancellation)
    {
        while (true)
        {
            var live = _live.GetOrAdd(clip, _ => new LiveClip());
            var held = await live.EnterAsync(clock.Now, cancellation).ConfigureAwait(false);
            if (live.IsRetired)
            {
                held.Dispose();
                continue;
            }

            try
            {
                if (!live.IsLoaded) await LoadAsync(clip, live, cancellation).ConfigureAwait(false);
                return held;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
    }

    private async Task LoadAsync(ClipId clip, LiveClip live, CancellationToken cancellation)
    {
        var loaded = await LoadedClip.OfAsync(journal, clip, cancellation).ConfigureAwait(false);
        live.Load(Renewed(loaded.State), loaded.Sequence, loaded.SnapshotSequence);
    }

    /// <summary>
    /// Renewals are not journaled, and the times in the journal are another process's: what was running gets a whole lease from now on,
    /// within which its worker renews it or turns out to be gone.
    /// </summary>
    private ClipState Renewed(ClipState state) => state.Running.ToArray().Aggregate(state, (s, r) => ClipEntity.Evolve(s,
        new ClipEvent.Renewed(clock.Now, r.Id, r.Task.Epoch, clock.Now + timings.LeaseOf(s.Stages[r.Id.Stage].Spec.Pool))));

    /// <summary>Not cancellable: once decided, the events are either on the disk and in the state, or in neither.</summary>
    private async Task CommitAsync(ClipId clip, LiveClip live, IReadOnlyList<ClipEvent> events)
    {
        var after = events.Aggregate(live.State, ClipEntity.Evolve);
        var durable = events.Where(e => e.IsJournaled).ToArray();
        var sequence = live.Sequence;
        try
        {
            if (durable.Length > 0)
            {
                sequence = await journal.AppendAsync(Ownership.Of(clip), clip, sequence, durable, ClipSummary.Of(after, clock.Now), CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // Whether the events arrived is unknown: the journal says so when it is read again.
            live.Unload();
            Faulted?.Invoke(clip, e);
            throw;
        }

        live.Move(after, sequence);
        Changed?.Invoke(clip, events, after);
        await SnapshotAsync(clip, live).ConfigureAwait(false);
    }

    private async Task SnapshotAsync(ClipId clip, LiveClip live)
    {
        // As many events as there are tasks, so that snapshots cost no more per event for a big clip than for a small one.
        if (live.Sequence - live.SnapshotSequence < Math.Max(timings.SnapshotEvery, live.State.Tasks.Count)) return;
        try
        {
            await journal.SaveSnapshotAsync(clip, SnapshotCodec.Write(live.State, live.Sequence), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Depth3DException)
        {
            // A snapshot only shortens the next loading; the events are safe.
        }

        live.SnapshotSequence = live.Sequence;
    }
}
