using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>Pools as operators write them.</summary>
public static class Pools
{
    public static IReadOnlyList<WorkerPool> All { get; } = Enum.GetValues<WorkerPool>();

    /// <summary><c>preprocess.cpu</c> and so on.</summary>
    public static string Name(WorkerPool pool) => pool switch
    {
        WorkerPool.PreprocessCpu => "preprocess.cpu",
        WorkerPool.PreprocessGpu => "preprocess.gpu",
        WorkerPool.Trainer => "trainer",
        WorkerPool.Render => "render",
        _ => throw new ArgumentOutOfRangeException(nameof(pool), pool, "no such pool"),
    };

    /// <summary>The role a node is started with to serve the pool.</summary>
    public static string Role(WorkerPool pool) => pool switch
    {
        WorkerPool.PreprocessCpu or WorkerPool.PreprocessGpu => "preprocess",
        WorkerPool.Trainer => "trainer",
        _ => "render",
    };
}
