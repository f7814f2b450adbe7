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

    /// <summary>Tasks of a clip that computes on CUDA ask for a GPU, and get one of the node's. An engine on one machine leaves that to its user.</summary>
    public bool DealsGpus { get; init; }

    /// <summary>Keeps a log file per attempt in the store.</summary>
    public bool KeepsLogs { get; init; }

    /// <summary>What no log may show.</summary>
    public SecretMask Mask { get; init; } = new([]);

    /// <summary>The node's folder on its own disk. A node that has one pauses when a disk is full; an engine without one fails the clip.</summary>
    public string? StateFolder { get; init; }

    /// <summary>Room that a full disk must have again before a paused node works on.</summary>
    public long DiskRoomBytes { get; init; } = 1L << 30;

    /// <summary>Called at the named places of every attempt; tests kill or delay there.</summary>
    public Action<AttemptPoint, TaskId>? Probe { get; init; }
}
