using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>One running attempt of a task, and why it was told to stop.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private string? _reason;

    public Attempt(ClipId clip, TaskId task, TaskProtocol.Grant grant, CancellationToken worker)
    {
        (Clip, Task, Grant) = (clip, task, grant);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(worker);
        Token = _stop.Token;
    }

    public ClipId Clip { get; }

    public TaskId Task { get; }

    public TaskProtocol.Grant Grant { get; }

    public long Epoch => Grant.Epoch;

    public CancellationToken Token { get; }

    /// <summary>Set when the coordinator wants no report any more; otherwise the worker itself stops and gives the task back.</summary>
    public string? StopReason => _reason;

    public void Stop(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
        }
    }

    public void Dispose() => _stop.Dispose();
}
