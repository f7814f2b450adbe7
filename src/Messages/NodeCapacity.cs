using System.Collections.Immutable;

namespace Depth3D.Messages;

/// <summary>What a node offers.</summary>
/// <param name="Slots">Tasks that may run at once, per pool. A pool that is not there is not served.</param>
/// <param name="CpuSlots">Cores that tasks may occupy together, over all pools.</param>
/// <param name="MemoryBytes">Main memory that tasks may occupy together.</param>
/// <param name="Gpus">GPUs the node holds exclusively.</param>
public sealed record NodeCapacity(
    ImmutableSortedDictionary<WorkerPool, int> Slots, int CpuSlots, long MemoryBytes, IReadOnlyList<GpuInfo> Gpus);
