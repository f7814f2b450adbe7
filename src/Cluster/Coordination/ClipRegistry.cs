using System.Collections.Concurrent;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>
/// The live clip entities of the one owner of all shards: commands to a clip are decided one after the other, each on the state that those
/// before it made. An event is on the disk before anybody hears of it; commands that come while the journal writes share the next write, so a
/// clip is not held to one command per flush of the disk. Clips that nothing happens to can leave memory; the next command brings them back.
/// </summary>
public sealed class ClipRegistry(IJournal journal, SteadyClock clock, CoordinatorTimings timings)
{
    /// <summary>Commands that share one write; so many keep one statement small.</summary>
    private const int MostTogether = 128;

    private readonly ConcurrentDictionary<ClipId, LiveClip> _live = new();
    private volatile ShardOwnership? _ownership;

    /// <summary>Raised by one turn of the clip at a time, in journal order, once per command. Handlers return at once and do not throw.</summary>
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

    /// <summary>Decides a command, and returns when what it brought about is on the disk.</summary>
    /// <exception cref="StaleOwnerException">Another coordinator acquired the shards: drop this registry and resign.</exception>
    /// <exception cref="JournalConflictException">Another writer appended to the clip; what was known of it is dropped.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the command's turn.</exception>
    public Task<Decision> ApplyAsync(ClipId clip, ClipCommand command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pending = new PendingCommand(command);
        Post(clip, [pending]);
        return pending.WaitAsync(cancellation);
    }

    /// <summary>The same for several commands, with nothing between them; they share one write.</summary>
    /// <returns>A decision for each, in their order: a refused one does not keep those after it from being decided.</returns>
    public Task<Decision[]> ApplyAsync(ClipId clip, IReadOnlyList<ClipCommand> commands, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(commands);
        cancellation.ThrowIfCancellationRequested();
        var pending = commands.Select(command => new PendingCommand(command)).ToArray();
        Post(clip, pending);
        return Task.WhenAll(pending.Select(p => p.WaitAsync(cancellation)));
    }

    /// <summary>The clip as the journal has it.</summary>
    public async Task<ClipState> StateAsync(ClipId clip, CancellationToken cancellation)
    {
        LiveClip live;
        do live = _live.GetOrAdd(clip, _ => new LiveClip());
        while (!live.TryTouch(clock.Now));
        return (await LoadedAsync(clip, live, cancellation).ConfigureAwait(false)).State;
    }

    /// <summary>Drops what is known of a clip; the next command loads it again.</summary>
    public void Forget(ClipId clip) => _live.TryRemove(clip, out _);

    /// <summary>
    /// Lets clips leave memory that have ended or not begun, have no running attempt, and were not touched for a while.
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

    private void Post(ClipId clip, ReadOnlySpan<PendingCommand> commands)
    {
        LiveClip live;
        bool begins;
        do live = _live.GetOrAdd(clip, _ => new LiveClip());
        while (!live.TryPost(commands, clock.Now, out begins));
        if (begins) _ = TurnAsync(clip, live);
    }

    /// <summary>Works off a clip's commands until none is left.</summary>
    private async Task TurnAsync(ClipId clip, LiveClip live)
    {
        while (live.Take(MostTogether) is { Count: > 0 } commands)
        {
            try
            {
                await DecideAsync(clip, live, commands).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                foreach (var command in commands) command.Fail(e);
            }
        }
    }

    private async Task DecideAsync(ClipId clip, LiveClip live, IReadOnlyList<PendingCommand> commands)
    {
        var known = await LoadedAsync(clip, live, CancellationToken.None).ConfigureAwait(false);
        var decided = new List<Decided>(commands.Count);
        var state = known.State;
        foreach (var command in commands)
        {
            if (TryDecide(command, state) is not { } done) continue;
            decided.Add(done);
            state = done.After;
        }

        if (decided.Count == 0) return;
        var sequence = await CommitAsync(clip, live, known.Sequence, decided).ConfigureAwait(false);
        await SnapshotAsync(clip, live, state, sequence).ConfigureAwait(false);
        foreach (var (command, decision, _) in decided) command.Answer(decision);
    }

    /// <returns>Null where the entity has a defect: that costs its sender an answer, and the commands beside it nothing.</returns>
    private static Decided? TryDecide(PendingCommand command, ClipState state)
    {
        try
        {
            var decision = ClipEntity.Decide(state, command.Command);
            return new Decided(command, decision, decision.Events.Aggregate(state, ClipEntity.Evolve));
        }
        catch (Exception e)
        {
            command.Fail(e);
            return null;
        }
    }

    /// <summary>Not cancellable: once decided, the events are either on the disk and in the state, or in neither.</summary>
    private async Task<long> CommitAsync(ClipId clip, LiveClip live, long sequence, List<Decided> decided)
    {
        var after = decided[^1].After;
        var durable = decided.SelectMany(d => d.Decision.Events).Where(e => e.IsJournaled).ToArray();
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

        live.Move(new(after, sequence));
        foreach (var (_, decision, state) in decided)
            if (decision.Events.Count > 0) Changed?.Invoke(clip, decision.Events, state);
        return sequence;
    }

    private Task<LiveClip.Known> LoadedAsync(ClipId clip, LiveClip live, CancellationToken cancellation) => live.LoadedAsync(async () =>
    {
        var loaded = await LoadedClip.OfAsync(journal, clip, cancellation).ConfigureAwait(false);
        return (new(Renewed(loaded.State), loaded.Sequence), loaded.SnapshotSequence);
    }, cancellation);

    /// <summary>
    /// Renewals are not journaled, and the times in the journal are another process's: what was running gets a whole lease from now on,
    /// within which its worker renews it or turns out to be gone.
    /// </summary>
    private ClipState Renewed(ClipState state) => state.Running.ToArray().Aggregate(state, (s, r) => ClipEntity.Evolve(s,
        new ClipEvent.Renewed(clock.Now, r.Id, r.Task.Epoch, clock.Now + timings.LeaseOf(s.Stages[r.Id.Stage].Spec.Pool))));

    private async Task SnapshotAsync(ClipId clip, LiveClip live, ClipState state, long sequence)
    {
        // As many events as there are tasks, so that snapshots cost no more per event for a big clip than for a small one.
        if (sequence - live.SnapshotSequence < Math.Max(timings.SnapshotEvery, state.Tasks.Count)) return;
        try
        {
            await journal.SaveSnapshotAsync(clip, SnapshotCodec.Write(state, sequence), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Depth3DException)
        {
            // A snapshot only shortens the next loading; the events are safe.
        }

        live.SnapshotSequence = sequence;
    }

    /// <summary>A command, what was decided, and the clip after it.</summary>
    private sealed record Decided(PendingCommand Command, Decision Decision, ClipState After);
}
