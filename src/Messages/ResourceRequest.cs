namespace Depth3D.Messages;

/// <summary>What a task occupies on a node while it runs, besides one slot of its pool.</summary>
/// <param name="CpuSlots">Cores.</param>
/// <param name="Gpus">Whole GPUs; 0 for work that needs none.</param>
/// <param name="GpuMemoryBytes">Memory that each of those GPUs must have; 0 for any.</param>
/// <param name="MemoryBytes">Main memory; 0 for unknown.</param>
public sealed record ResourceRequest(int CpuSlots = 1, int Gpus = 0, long GpuMemoryBytes = 0, long MemoryBytes = 0)
{
    public static readonly ResourceRequest None = new();
}
