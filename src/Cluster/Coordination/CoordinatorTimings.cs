namespace Depth3D.Cluster.Coordination;

/// <summary>Waits and limits of the coordinator.</summary>
public sealed record CoordinatorTimings
{
    /// <summary>
    /// How long a worker may be silent. In one process it cannot be gone, only starved by its own computing, so the lease outlasts
    /// that; a dead process is noticed by the store's lock and not by leases.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often leases are looked at and lost hints are looked for.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A hint nobody claimed is sent again after this, then after twice this, and so on.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts a task has when it fails for reasons that may pass.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>An attempt that its node does not hold is given up once it is older than this: its grant got lost.</summary>
    public TimeSpan Missing { get; init; } = TimeSpan.FromSeconds(15);
}
