using System.Collections.Immutable;
using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>How many tasks of each pool this machine runs at once, unless it is told otherwise.</summary>
public static class NodeSlots
{
    private const int MostDefault = 8;

    /// <summary>What the roles serve: pools that use a GPU have one slot, the others half of the cores.</summary>
    public static ImmutableSortedDictionary<WorkerPool, int> Of(IReadOnlyList<string> roles, ImmutableSortedDictionary<WorkerPool, int> told)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(told);
        return roles.SelectMany(PoolsOf).Distinct().Select(pool => KeyValuePair.Create(pool, told.TryGetValue(pool, out var count) ? count : Default(pool)))
            .Where(slot => slot.Value > 0).ToImmutableSortedDictionary();
    }

    /// <summary>All pools, for a process that does everything.</summary>
    public static ImmutableSortedDictionary<WorkerPool, int> OfAll() => Of(["preprocess", "trainer", "render"], ImmutableSortedDictionary<WorkerPool, int>.Empty);

    private static IReadOnlyList<WorkerPool> PoolsOf(string role) => role switch
    {
        "preprocess" => [WorkerPool.PreprocessCpu, WorkerPool.PreprocessGpu],
        "trainer" => [WorkerPool.Trainer],
        "render" => [WorkerPool.Render],
        _ => [],
    };

    private static int Default(WorkerPool pool) =>
        pool is WorkerPool.PreprocessGpu or WorkerPool.Trainer ? 1 : Math.Clamp(Environment.ProcessorCount / 2, 1, MostDefault);
}
