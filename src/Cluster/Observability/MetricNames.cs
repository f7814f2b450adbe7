namespace Depth3D.Cluster.Observability;

/// <summary>Every name under which the cluster measures itself. Prometheus shows them with underscores; names never change meaning.</summary>
public static class MetricNames
{
    public const string Meter = "Depth3D.Cluster";

    /// <summary>Counter: events of the journal. Tag <see cref="Event"/>.</summary>
    public const string Events = "depth3d.journal.events";

    /// <summary>Counter: attempts that ended. Tags <see cref="Stage"/>, <see cref="Outcome"/>.</summary>
    public const string Attempts = "depth3d.task.attempts";

    /// <summary>Histogram, seconds: how long accepted attempts took. Tag <see cref="Stage"/>.</summary>
    public const string AttemptSeconds = "depth3d.task.duration";

    /// <summary>Histogram, seconds: from the hint that a task waits to the lease, as its worker sees it.</summary>
    public const string ClaimSeconds = "depth3d.task.claim";

    /// <summary>Gauge: nodes. Tag <see cref="State"/>.</summary>
    public const string Nodes = "depth3d.nodes";

    /// <summary>Gauge: slots that nodes offer. Tag <see cref="Pool"/>.</summary>
    public const string PoolSlots = "depth3d.pool.slots";

    /// <summary>Gauge: tasks that hold a lease. Tag <see cref="Pool"/>.</summary>
    public const string PoolRunning = "depth3d.pool.running";

    /// <summary>Gauge: tasks that could run now if there were a slot; autoscaling looks at it. Tag <see cref="Pool"/>.</summary>
    public const string PoolWaiting = "depth3d.pool.waiting";

    /// <summary>Gauge: 1 on the active seed, 0 on the others.</summary>
    public const string SeedActive = "depth3d.seed.active";

    /// <summary>Counter: operators' commands. Tags <see cref="Command"/>, <see cref="Outcome"/>.</summary>
    public const string Commands = "depth3d.operator.commands";

    /// <summary>Counter: requests with no token, a wrong one, or too few rights.</summary>
    public const string Denied = "depth3d.http.denied";

    /// <summary>Gauge: browsers and terminals that follow events.</summary>
    public const string Followers = "depth3d.http.followers";

    public const string Event = "event";
    public const string Pool = "pool";
    public const string Stage = "stage";
    public const string Outcome = "outcome";
    public const string State = "state";
    public const string Command = "command";
}
