using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>This node cannot work for a reason of its own. The task is not to blame; the node takes nothing until it is over.</summary>
/// <param name="what">In words.</param>
/// <param name="isOver">Asked from time to time.</param>
internal sealed class NodeTroubleException(string what, Func<bool> isOver) : Depth3DException(what, kind: FailureKind.Transient)
{
    public Func<bool> IsOver { get; } = isOver;
}
