namespace Depth3D.Cluster.Workers;

/// <summary>Waits of a worker. A lease outlives several renewals, so that one lost message costs nothing.</summary>
public sealed record WorkerTimings
{
    /// <summary>Between two renewals of a lease.</summary>
    public TimeSpan Renew { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for one answer; a request does not end by itself while a connection is down.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an attempt goes on while the coordinator does not answer. Its lease is long over by then; what it publishes still counts, if
    /// nobody else was given the task meanwhile.
    /// </summary>
    public TimeSpan Alone { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Between two tries to deliver a result.</summary>
    public TimeSpan RetryReport { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a hint may wait to be claimed along with a result of its clip, while there is other work for its slot.</summary>
    public TimeSpan Along { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a result may wait for the next one of its clip, while its node has more work than slots.</summary>
    public TimeSpan Together { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>An attempt that took so long is worth waiting for the disk with its report; a shorter one is sooner done again after a power cut.</summary>
    public TimeSpan Dear { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Tries to claim a task or to deliver a plan; then the coordinator sends its hint again.</summary>
    public int MaxClaims { get; init; } = 10;

    /// <summary>Between two progress reports of a task.</summary>
    public TimeSpan Progress { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Between two looks whether what paused the node is over.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A task in a child process that says nothing for this long, neither progress nor a line of log, hangs.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a stage may take to heed its cancelled token before it is left behind.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(20);
}
