using Depth3D.Cluster.Entity;

namespace Depth3D.Cluster.Coordination;

/// <summary>A command that waits for its turn, and the decision its sender waits for.</summary>
internal sealed class PendingCommand(ClipCommand command)
{
    private readonly TaskCompletionSource<Decision> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public ClipCommand Command => command;

    /// <summary>Its turn has come. False when its sender gave up before.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public void Answer(Decision decision) => _answer.TrySetResult(decision);

    public void Fail(Exception reason) => _answer.TrySetException(reason);

    /// <summary>Waits for the decision. Giving up is possible only until the command's turn: from then on it is decided in any case.</summary>
    public async Task<Decision> WaitAsync(CancellationToken cancellation)
    {
        using var registration = cancellation.Register(() =>
        {
            if (TryTake()) _answer.TrySetCanceled(cancellation);
        });
        return await _answer.Task.ConfigureAwait(false);
    }
}
