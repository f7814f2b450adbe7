using System.Collections.Concurrent;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>
/// The live clip entities: one gate per clip, so commands to a clip are decided one after the other, each on the state the journal
/// holds. An event is on the disk before anybody hears of it.
/// </summary>
public sealed class ClipRegistry(IJournal journal)
{
    private readonly ConcurrentDictionary<ClipId, Entry> _entries = new();

    /// <summary>Raised inside the clip's gate, in journal order. Handlers return at once and do not throw.</summary>
    public event Action<ClipId, IReadOnlyList<ClipEvent>, ClipState>? Changed;

    /// <summary>Raised when the journal refused to store a decision: disk full, or another owner.</summary>
    public event Action<ClipId, Exception>? Faulted;

    /// <exception cref="JournalConflictException">Another coordinator owns the clip; what was known of it is dropped.</exception>
    public async Task<Decision> ApplyAsync(ClipId clip, ClipCommand command, CancellationToken cancellation)
    {
        var entry = _entries.GetOrAdd(clip, _ => new Entry());
        await entry.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await LoadAsync(clip, entry, cancellation).ConfigureAwait(false);
            var decision = ClipEntity.Decide(entry.State, command);
            if (decision.Events.Count > 0) await CommitAsync(clip, entry, decision.Events).ConfigureAwait(false);
            return decision;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    public async Task<ClipState> StateAsync(ClipId clip, CancellationToken cancellation)
    {
        var entry = _entries.GetOrAdd(clip, _ => new Entry());
        await entry.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await LoadAsync(clip, entry, cancellation).ConfigureAwait(false);
            return entry.State;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Drops what is known of a clip; the next command loads it again.</summary>
    public void Forget(ClipId clip) => _entries.TryRemove(clip, out _);

    private async Task LoadAsync(ClipId clip, Entry entry, CancellationToken cancellation)
    {
        if (entry.IsLoaded) return;
        var events = await journal.LoadAsync(clip, cancellation).ConfigureAwait(false);
        try
        {
            (entry.State, entry.Sequence, entry.IsLoaded) = (ClipEntity.Replay(events), events.Count, true);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException)
        {
            throw new Depth3DException("the journal contradicts itself", clip.Value, "run again with --fresh", FailureKind.Storage, e);
        }
    }

    /// <summary>Not cancellable: once decided, the events are either on the disk and in the state, or in neither.</summary>
    private async Task CommitAsync(ClipId clip, Entry entry, IReadOnlyList<ClipEvent> events)
    {
        var after = events.Aggregate(entry.State, ClipEntity.Evolve);
        var durable = events.Where(e => e.IsJournaled).ToArray();
        try
        {
            if (durable.Length > 0)
                entry.Sequence = await journal.AppendAsync(clip, entry.Sequence, durable, after.Phase, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whether the events arrived is unknown: the journal says so when it is read again.
            entry.IsLoaded = false;
            Faulted?.Invoke(clip, e);
            throw;
        }

        entry.State = after;
        Changed?.Invoke(clip, events, after);
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public ClipState State { get; set; } = ClipState.Empty;

        public long Sequence { get; set; }

        public bool IsLoaded { get; set; }
    }
}
