using System.Collections.Immutable;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>What a process on this machine offers.</summary>
internal static class NodeCapacities
{
    /// <summary>Slots of the roles, as far as the process has stages for them.</summary>
    public static NodeCapacity Of(ClusterOptions options, StageBook stages)
    {
        var pools = stages.Pools.ToHashSet();
        return Of(NodeSlots.Of(options.Roles, options.Slots).Where(s => pools.Contains(s.Key)).ToImmutableSortedDictionary());
    }

    /// <summary>Every slot may occupy a core, also on a machine with fewer: who says how many slots there are knows what they are for.</summary>
    public static NodeCapacity Of(ImmutableSortedDictionary<WorkerPool, int> slots) =>
        new(slots, Math.Max(Environment.ProcessorCount, slots.Values.Sum()), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, []);

    /// <summary>Cores that a task may use: those of the machine, shared among the slots of its pool. Pools rarely work at the same time.</summary>
    public static IReadOnlyDictionary<WorkerPool, int> CoresOf(ImmutableSortedDictionary<WorkerPool, int> slots) =>
        slots.ToDictionary(s => s.Key, s => Math.Max(1, Environment.ProcessorCount / Math.Max(1, s.Value)));
}
