using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Workers;

/// <summary>Which tasks compute on a GPU, and on which.</summary>
internal static class GpuNeeds
{
    private const string Cpu = "cpu";

    public static bool Uses(WorkerPool pool, DepthOptions options) =>
        pool is WorkerPool.PreprocessGpu or WorkerPool.Trainer && options.Train.Device != Cpu;

    /// <summary>A child sees only the GPUs that were dealt to its slot, so whatever number the clip names, its own is the first.</summary>
    public static DepthOptions OnDealt(DepthOptions options) =>
        options.Train.Device == Cpu ? options : options with { Train = options.Train with { Device = "cuda:0" } };
}
