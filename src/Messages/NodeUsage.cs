namespace Depth3D.Messages;

/// <summary>How loaded a node is, for people.</summary>
/// <param name="CpuShare">0 to 1 over all cores.</param>
/// <param name="MemoryBytes">Resident memory of the node and its children.</param>
/// <param name="FreeDiskBytes">Free space where the node keeps its own files.</param>
/// <param name="GpuMemoryBytes">Used memory per GPU, in the order of <see cref="NodeCapacity.Gpus"/>; empty when unknown.</param>
public sealed record NodeUsage(double CpuShare, long MemoryBytes, long FreeDiskBytes, IReadOnlyList<long> GpuMemoryBytes);
