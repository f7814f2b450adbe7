using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// What a task needs of a node, so that tasks of one shape fit the same nodes. Memory is counted in coarse units (see
/// <see cref="MemoryUnits"/>), so there are few shapes however many sizes of clips.
/// </summary>
/// <param name="Pool">Takes one slot of it.</param>
/// <param name="CpuSlots">Cores it occupies.</param>
/// <param name="MemoryBytes">Main memory it occupies, as rounded.</param>
/// <param name="NodeMemory">Main memory the node must have in all, in units; 0 for any.</param>
/// <param name="Gpus">GPUs it occupies.</param>
/// <param name="GpuMemory">Memory each of them must have, in units.</param>
internal readonly record struct TaskShape(WorkerPool Pool, int CpuSlots, long MemoryBytes, int NodeMemory, int Gpus, int GpuMemory)
{
    public static TaskShape Of(TaskOffer offer)
    {
        var needs = offer.Needs;
        var above = offer.AboveMemory > 0 ? MemoryUnits.Of(offer.AboveMemory) + 1 : 0;
        var memory = MemoryUnits.Of(needs.MemoryBytes);
        return new TaskShape(offer.Pool, Math.Max(needs.CpuSlots, 0), MemoryUnits.Bytes(memory), Math.Max(memory, needs.Gpus > 0 ? 0 : above),
            Math.Max(needs.Gpus, 0), Math.Max(MemoryUnits.Of(needs.GpuMemoryBytes), needs.Gpus > 0 ? above : 0));
    }
}
