using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>What an <see cref="ActiveCoordinator"/> is made of.</summary>
internal sealed record CoordinatorSetup
{
    public required NodeId Seed { get; init; }

    public required ClusterBus Bus { get; init; }

    public required IJournal Journal { get; init; }

    public required ArtifactStore Store { get; init; }

    public required IReadOnlyList<Recipe> Recipes { get; init; }

    public required ILoggerFactory Logs { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public CoordinatorTimings Timings { get; init; } = new();

    public int Shards { get; init; } = 1;

    public NodeTimings Nodes { get; init; } = new();

    public SchedulerOptions Scheduling { get; init; } = new();

    /// <summary>Makes the watch over the nodes' connections; null where there is no broker.</summary>
    public Func<PresenceWatch>? Presence { get; init; }

    /// <summary>Longest wait for one message to go out.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(5);

    public IOperatorHandler? Operators { get; init; }

    /// <summary>Takes progress from the bus itself; a seed does it for the coordinator, because standing by it shows progress, too.</summary>
    public bool ObservesProgress { get; init; }

    /// <summary>Lets tests lose and double hints.</summary>
    public Func<IWorkOutlet, IWorkOutlet> WrapOutlet { get; init; } = outlet => outlet;
}
