using Depth3D.Cluster.Entity;

namespace Depth3D.Cluster.Coordination;

/// <summary>
/// One clip in memory. Commands are posted to it and worked off in order by one turn at a time; those that come while the journal writes are
/// decided together and share the next write.
/// </summary>
internal sealed class LiveClip
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private Queue<PendingCommand> _pending = new();
    private DateTimeOffset _touched;
    private bool _hasTurn;
    private bool _isRetired;
    private volatile Known? _known;

    /// <summary>What the journal holds; null before it was read, and after a write of which nobody knows whether it arrived.</summary>
    public Known? State => _known;

    public long SnapshotSequence { get; set; }

    /// <summary>Takes commands in, to be worked off one after the other.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="now">When somebody last came to the clip.</param>
    /// <param name="begins">The caller begins the turn that works it off.</param>
    /// <returns>False when the clip has left the registry: ask for it again.</returns>
    public bool TryPost(ReadOnlySpan<PendingCommand> commands, DateTimeOffset now, out bool begins)
    {
        lock (_gate)
        {
            begins = false;
            if (_isRetired) return false;
            _touched = now;
            foreach (var command in commands) _pending.Enqueue(command);
            begins = !_hasTurn;
            return _hasTurn = true;
        }
    }

    /// <summary>Somebody looked at the clip.</summary>
    /// <returns>False when it has left the registry.</returns>
    public bool TryTouch(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_isRetired) _touched = now;
            return !_isRetired;
        }
    }

    /// <summary>The commands whose turn it is, up to so many; none ends the turn.</summary>
    public IReadOnlyList<PendingCommand> Take(int most)
    {
        var taken = new List<PendingCommand>();
        lock (_gate)
        {
            while (taken.Count < most && _pending.TryDequeue(out var command))
                if (command.TryTake()) taken.Add(command);
            if (taken.Count == 0) _hasTurn = false;
        }

        return taken;
    }

    /// <summary>Reads the clip from the journal, once for all who ask at the same time.</summary>
    public async Task<Known> LoadedAsync(Func<Task<(Known Known, long Snapshot)>> load, CancellationToken cancellation)
    {
        if (_known is { } known) return known;
        await _loading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_known is { } meanwhile) return meanwhile;
            (known, SnapshotSequence) = await load().ConfigureAwait(false);
            _known = known;
            return known;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Unload() => _known = null;

    public void Move(Known known) => _known = known;

    /// <summary>Retires the clip if nobody is at it, it has ended or waits for its turn, nothing runs in it, and nobody asked since.</summary>
    public bool TryRetire(DateTimeOffset before)
    {
        lock (_gate)
        {
            if (_hasTurn || _touched >= before || _known is not { } known) return false;
            return _isRetired = (known.State.Phase != ClipPhase.Running || !known.State.HasBegun) && known.State.RunningIds.Count == 0;
        }
    }

    /// <param name="Sequence">Last event of the journal that the state contains.</param>
    internal sealed record Known(ClipState State, long Sequence);
}
