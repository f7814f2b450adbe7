using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>Waits and limits of the coordinator.</summary>
public sealed record CoordinatorTimings
{
    /// <summary>
    /// How long a worker may be silent. In one process it cannot be gone, only starved by its own computing, so the lease outlasts
    /// that; a dead process is noticed by the store's lock and not by leases.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The same for trainers, whose attempts are long and outlast the restart of a broker.</summary>
    public TimeSpan TrainerLease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often leases are looked at and lost hints are looked for.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A hint nobody claimed is sent again after this, then after twice this, and so on.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a task is tried again, and with what.</summary>
    public FailurePolicy Failures { get; init; } = FailurePolicy.OneProcess;

    /// <summary>Events of a clip between two snapshots of it.</summary>
    public int SnapshotEvery { get; init; } = 1000;

    /// <summary>An attempt that its node does not hold is given up once it is older than this: its grant got lost.</summary>
    public TimeSpan Missing { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A clip that ended and was not touched for this long leaves memory.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan LeaseOf(WorkerPool pool) => pool == WorkerPool.Trainer ? TrainerLease : Lease;
}
