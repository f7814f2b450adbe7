namespace Depth3D.Cluster.Entity;

/// <summary>Limits of trying a failed task again.</summary>
public sealed record FailurePolicy
{
    /// <summary>One process: its one worker may fail a task three times, and there is no bigger node.</summary>
    public static readonly FailurePolicy OneProcess = new() { MaxAttempts = 3 };

    /// <summary>Many nodes: three different ones must fail a task, and what no rung of the ladder helps waits for a bigger node.</summary>
    public static readonly FailurePolicy Cluster = new() { MaxAttempts = 9, WaitsForBiggerNode = true };

    /// <summary>Failed attempts that fail the task, whoever made them. Above <see cref="MaxWorkers"/>, so that one bad node cannot fail it alone.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Different workers whose failures fail the task.</summary>
    public int MaxWorkers { get; init; } = 3;

    /// <summary>The last rung of the memory ladder.</summary>
    public int MaxRung { get; init; } = 3;

    /// <summary>A task that needs more memory at the last rung waits for a node that has more; otherwise it fails.</summary>
    public bool WaitsForBiggerNode { get; init; }
}
