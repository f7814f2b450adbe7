namespace Depth3D.Cluster.Entity;

/// <summary>Limits of trying a failed task again.</summary>
public sealed record FailurePolicy
{
    /// <summary>One process: its one worker may fail a task three times, and there is no bigger node.</summary>
    public static readonly FailurePolicy OneProcess = new() { MaxAttempts = 3 };

    /// <summary>Many nodes: three different ones must fail a task, and what no rung of the ladder helps waits for a bigger node.</summary>
    public static readonly FailurePolicy Cluster = new()
    {
        MaxAttempts = 9,
        WaitsForBiggerNode = true,
        FirstPause = TimeSpan.FromSeconds(0.5),
    };

    /// <summary>Failed attempts that fail the task, whoever made them. Above <see cref="MaxWorkers"/>, so that one bad node cannot fail it alone.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Different workers whose failures fail the task.</summary>
    public int MaxWorkers { get; init; } = 3;

    /// <summary>The last rung of the memory ladder.</summary>
    public int MaxRung { get; init; } = 3;

    /// <summary>
    /// How long a worker that failed a task does not get it again; twice as long after every further failure, up to
    /// <see cref="LongestPause"/>. What makes an attempt fail at once makes the next one fail too: a tool being installed, a full disk, a
    /// sick device. Other workers get the task at once. Zero for no pause.
    /// </summary>
    public TimeSpan FirstPause { get; init; }

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A task that needs more memory at the last rung waits for a node that has more; otherwise it fails.</summary>
    public bool WaitsForBiggerNode { get; init; }

    /// <summary>The pause behind the <paramref name="failures"/>-th failed attempt, from 1.</summary>
    public TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromTicks((long)Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, failures - 1)));
}
