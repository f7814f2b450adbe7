using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>One place for a running task on this node.</summary>
/// <param name="Pool">The pool it belongs to.</param>
/// <param name="Index">Dense within the pool, from zero.</param>
/// <param name="Gpus">UUIDs of the GPUs that the task in it may use.</param>
public sealed record Slot(WorkerPool Pool, int Index, IReadOnlyList<string> Gpus)
{
    public override string ToString() => $"{Pool}[{Index}]";
}
