using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>One place for a running task on this node.</summary>
/// <param name="Pool">The pool it belongs to.</param>
/// <param name="Index">Dense within the pool, from zero.</param>
/// <param name="Gpus">The GPUs that the task in it has for itself.</param>
public sealed record Slot(WorkerPool Pool, int Index, IReadOnlyList<GpuInfo> Gpus)
{
    public override string ToString() => $"{Pool}[{Index}]";
}
