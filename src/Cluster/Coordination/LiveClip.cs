using Depth3D.Cluster.Entity;

namespace Depth3D.Cluster.Coordination;

/// <summary>One clip in memory, and the gate that lets one command at a time to it.</summary>
internal sealed class LiveClip
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private DateTimeOffset _touched;

    public ClipState State { get; private set; } = ClipState.Empty;

    /// <summary>Last event of the journal that <see cref="State"/> contains.</summary>
    public long Sequence { get; private set; }

    public long SnapshotSequence { get; set; }

    public bool IsLoaded { get; private set; }

    /// <summary>It left the registry; whoever waited at its gate asks for the clip again.</summary>
    public bool IsRetired { get; private set; }

    public async Task<Held> EnterAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        _touched = now;
        return new Held(this);
    }

    public void Load(ClipState state, long sequence, long snapshot) =>
        (State, Sequence, SnapshotSequence, IsLoaded) = (state, sequence, snapshot, true);

    public void Unload() => IsLoaded = false;

    public void Move(ClipState state, long sequence) => (State, Sequence) = (state, sequence);

    /// <summary>Retires the clip if nobody is at it, nothing runs in it, and nobody asked since.</summary>
    public bool TryRetire(DateTimeOffset before)
    {
        if (!_gate.Wait(0)) return false;
        try
        {
            return IsRetired = _touched < before && State.Phase != ClipPhase.Running && State.RunningIds.Count == 0;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The clip, while no other command can come to it.</summary>
    public readonly struct Held(LiveClip live) : IDisposable
    {
        public LiveClip Live => live;

        public void Dispose() => live._gate.Release();
    }
}
