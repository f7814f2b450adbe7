using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>How an embedded engine runs. Nothing here changes a result.</summary>
public sealed record EmbeddedEngineOptions
{
    /// <summary>Folder of all artifacts and of the journal; made when missing. One process at a time.</summary>
    public required string StoreRoot { get; init; }

    /// <summary>Tasks that run at once, per pool. Pools that use a GPU have one slot; the others half of the cores.</summary>
    public IReadOnlyDictionary<WorkerPool, int> Slots { get; init; } = DefaultSlots();

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Move on every unfinished clip of the store at start, not only those that are submitted.</summary>
    public bool ResumeUnfinished { get; init; }

    public CoordinatorTimings Coordinator { get; init; } = new();

    public WorkerTimings Worker { get; init; } = new();

    /// <summary>Called at the named places of every attempt; tests kill or delay there.</summary>
    internal Action<AttemptPoint, TaskId>? Probe { get; init; }

    /// <summary>Lets tests stand between the engine and its journal.</summary>
    internal Func<IJournal, IJournal> WrapJournal { get; init; } = journal => journal;

    /// <summary>Lets tests lose, double and delay what a worker says.</summary>
    internal Func<ICoordinator, ICoordinator> WrapCoordinator { get; init; } = coordinator => coordinator;

    /// <summary>Lets tests lose and double hints.</summary>
    internal Func<IWorkOutlet, IWorkOutlet> WrapOutlet { get; init; } = outlet => outlet;

    private static Dictionary<WorkerPool, int> DefaultSlots()
    {
        var half = Math.Clamp(Environment.ProcessorCount / 2, 1, 8);
        return new()
        {
            [WorkerPool.PreprocessCpu] = half,
            [WorkerPool.PreprocessGpu] = 1,
            [WorkerPool.Trainer] = 1,
            [WorkerPool.Render] = half,
        };
    }
}
