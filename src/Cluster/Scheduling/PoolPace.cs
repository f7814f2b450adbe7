namespace Depth3D.Cluster.Scheduling;

/// <summary>What clips bring to a pool and how long they take to get there, learned from those before.</summary>
internal sealed class PoolPace
{
    /// <summary>Clips in the means.</summary>
    private const int Remembered = 64;

    private readonly SteadyMean _tasks = new(Remembered);
    private readonly SteadyMean _latencySeconds = new(Remembered);

    /// <summary>Tasks of the first stage that a clip has there; null before one was planned.</summary>
    public double? Tasks => _tasks.Value;

    /// <summary>From being admitted to the first tasks in the pool; null before a clip got so far.</summary>
    public TimeSpan? Latency => _latencySeconds.Value is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public void Brings(int tasks) => _tasks.Add(tasks);

    public void Reached(TimeSpan after) => _latencySeconds.Add(after.TotalSeconds);
}
