using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>One attempt as <see cref="ClaimTurns"/> counts it, from the turn of its hint to the sending of its result. Used by one thread at a time.</summary>
internal sealed class ClaimStay(ClaimTurns turns, WorkerPool? pool) : IDisposable
{
    private bool _isComputed;
    private bool _isOver;

    /// <summary>The slot is free, a result follows.</summary>
    public void Computed()
    {
        _isComputed = true;
        turns.Computed(pool);
    }

    /// <summary>The result goes now.</summary>
    /// <returns>Hints of its clip that go along; each must be answered.</returns>
    public IReadOnlyList<HeldHint> Along(ClipId clip)
    {
        if (!_isComputed || _isOver) return [];
        _isOver = true;
        return turns.TakeAlong(pool, clip);
    }

    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        turns.Over(pool, _isComputed);
    }
}
