using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>One attempt as <see cref="ClaimTurns"/> counts it, from the turn of its hint to the sending of its result. Used by one thread at a time.</summary>
internal sealed class ClaimStay(ClaimTurns turns, WorkerPool? pool, TimeProvider time) : IDisposable
{
    private long _computed;
    private bool _isComputed;
    private bool _isOver;

    /// <summary>How long the slot has been free for other work.</summary>
    private double SecondsAgo => time.GetElapsedTime(_computed).TotalSeconds;

    /// <summary>The slot is free, a result follows.</summary>
    public void Computed()
    {
        (_isComputed, _computed) = (true, time.GetTimestamp());
        turns.Computed(pool);
    }

    /// <summary>Waits with a result while its node has other work, so that the next one of its clip takes it along.</summary>
    /// <returns>The answer; null when it is to go by itself now.</returns>
    public async Task<TaskProtocol.Answer?> HoldAsync(TaskProtocol.Done result, CancellationToken stop)
    {
        if (!_isComputed || _isOver) return null;
        var (isTaken, answer) = await turns.HoldAsync(pool, result, _computed, stop).ConfigureAwait(false);
        _isOver = isTaken;
        return answer;
    }

    /// <summary>The result goes now.</summary>
    /// <returns>How long ago it was computed, and what of its clip goes along.</returns>
    public (double SecondsAgo, Along Along) Leave(ClipId clip)
    {
        if (!_isComputed) return (0, Along.Nothing);
        if (_isOver) return (SecondsAgo, Along.Nothing);
        _isOver = true;
        return (SecondsAgo, turns.TakeAlong(pool, clip));
    }

    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        turns.Over(pool, _isComputed);
    }
}
