namespace Depth3D.Cluster.Workers.Gpus;

/// <summary>Lists the GPUs of this machine.</summary>
public interface IGpuLister
{
    /// <returns>Those GPUs with the memory in use; empty where there are none or their driver is missing.</returns>
    Task<IReadOnlyList<GpuState>> ListAsync(CancellationToken cancellation);
}
