namespace Depth3D.Messages;

/// <summary>A GPU as the node that holds it reports it.</summary>
/// <param name="Uuid">The driver's UUID, by which it is leased.</param>
/// <param name="Name">For people.</param>
/// <param name="MemoryBytes">Whole memory of the device.</param>
public sealed record GpuInfo(string Uuid, string Name, long MemoryBytes);
