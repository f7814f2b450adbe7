using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Workers;

/// <summary>What a <see cref="TaskRunner"/> is made of.</summary>
internal sealed record WorkerParts
{
    public required NodeId Node { get; init; }

    public required ICoordinator Coordinator { get; init; }

    public required ArtifactStore Store { get; init; }

    public required StageBook Stages { get; init; }

    public required ITaskExecutor Executor { get; init; }

    public required IReadOnlyDictionary<WorkerPool, int> Slots { get; init; }

    /// <summary>GPUs the node holds; the slots of the GPU pools share them.</summary>
    public IReadOnlyList<GpuInfo> Gpus { get; init; } = [];

    public IOutbox Outbox { get; init; } = new MemoryOutbox();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public WorkerTimings Timings { get; init; } = new();

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Called at the named places of every attempt; tests kill or delay there.</summary>
    public Action<AttemptPoint, TaskId>? Probe { get; init; }
}
