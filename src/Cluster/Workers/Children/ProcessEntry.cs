namespace Depth3D.Cluster.Workers.Children;

/// <summary>A process of this machine at one moment.</summary>
/// <param name="Session">Id of the process that leads its session.</param>
/// <param name="MemoryBytes">Resident memory.</param>
internal readonly record struct ProcessEntry(int Id, int Parent, int Session, long MemoryBytes);
