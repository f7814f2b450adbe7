using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>A fault that is known already, because another process or a watch has found it.</summary>
internal sealed class TaskFaultException(TaskFault fault) : Depth3DException(fault.Text, kind: fault.Kind)
{
    public TaskFault Fault { get; } = fault;
}
