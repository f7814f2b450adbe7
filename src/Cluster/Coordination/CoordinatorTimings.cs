namespace Depth3D.Cluster.Coordination;

/// <summary>Waits and limits of the coordinator.</summary>
public sealed record CoordinatorTimings
{
    /// <summary>How long a worker may be silent. In one process only a stuck one is, so it is long enough for a loaded machine.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often leases are looked at and lost hints are looked for.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A hint nobody claimed is sent again after this, then after twice this, and so on.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts a task has when it fails for reasons that may pass.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Hints on the bus per slot of a pool: enough to keep it busy, few enough for fair share.</summary>
    public int CreditsPerSlot { get; init; } = 2;
}
