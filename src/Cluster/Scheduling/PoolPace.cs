namespace Depth3D.Cluster.Scheduling;

/// <summary>What clips bring to a pool and how long they take to get there, learned from those before.</summary>
internal sealed class PoolPace
{
    /// <summary>Weight of the latest clip in the means.</summary>
    private const double Latest = 1.0 / 16;

    private double? _latencySeconds;

    /// <summary>Tasks of the first stage that a clip has there; null before one was planned.</summary>
    public double? Tasks { get; private set; }

    /// <summary>From being admitted to the first tasks in the pool; null before a clip got so far.</summary>
    public TimeSpan? Latency => _latencySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public void Brings(int tasks) => Tasks = Tasks is { } mean ? mean + ((tasks - mean) * Latest) : tasks;

    public void Reached(TimeSpan after) =>
        _latencySeconds = _latencySeconds is { } mean ? mean + ((after.TotalSeconds - mean) * Latest) : after.TotalSeconds;
}
