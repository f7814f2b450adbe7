using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>One attempt that this node holds a lease on, and why it was told to stop.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private string? _reason;

    public Attempt(ClipId clip, TaskId task, TaskProtocol.Grant grant, ClaimStay stay, CancellationToken node)
    {
        (Clip, Task, Grant, Stay) = (clip, task, grant, stay);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(node);
        Token = _stop.Token;
    }

    public ClipId Clip { get; }

    public TaskId Task { get; }

    public TaskProtocol.Grant Grant { get; }

    public ClaimStay Stay { get; }

    public long Epoch => Grant.Epoch;

    public TimeSpan Lease => TimeSpan.FromSeconds(Grant.LeaseSeconds);

    public CancellationToken Token { get; }

    /// <summary>It has a slot. Before that it can be given back at no cost.</summary>
    public bool HasStarted { get; set; }

    /// <summary>Its report is made; what is left is to deliver it.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Why it was stopped; null when the whole node stops.</summary>
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
