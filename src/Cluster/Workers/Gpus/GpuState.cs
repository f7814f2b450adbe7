using Depth3D.Messages;

namespace Depth3D.Cluster.Workers.Gpus;

/// <summary>A GPU at one moment.</summary>
/// <param name="UsedBytes">Memory in use by anybody.</param>
public sealed record GpuState(GpuInfo Gpu, long UsedBytes);
