using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Hosting;

/// <summary>What a <see cref="SeedHost"/> is made of.</summary>
public sealed record SeedSetup
{
    public required ClusterOptions Options { get; init; }

    /// <summary>Recipes that clips may name.</summary>
    public required IReadOnlyList<Recipe> Recipes { get; init; }

    /// <summary>Carries out operators' commands while this seed is active.</summary>
    public required IOperatorHandler Operators { get; init; }

    /// <summary>How to reach the bus; disposed by whoever made it.</summary>
    public required IClusterTransport Transport { get; init; }

    /// <summary>The truth; the host disposes it.</summary>
    public required IJournal Journal { get; init; }

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public CoordinatorTimings Timings { get; init; } = new()
    {
        Lease = TimeSpan.FromSeconds(30),
        TrainerLease = TimeSpan.FromSeconds(60),
        Tick = TimeSpan.FromMilliseconds(500),
        Resend = TimeSpan.FromSeconds(5),
        Failures = FailurePolicy.Cluster,
    };

    public ElectionTimings Election { get; init; } = new();

    public NodeTimings Nodes { get; init; } = new();

    public SchedulerOptions Scheduling { get; init; } = new();

    /// <summary>False where the bus has no broker.</summary>
    public bool WatchesPresence { get; init; } = true;

    /// <summary>Longest wait for the active seed's answer to an operator.</summary>
    public TimeSpan Ask { get; init; } = TimeSpan.FromSeconds(15);
}
