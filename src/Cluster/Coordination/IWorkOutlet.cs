using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>The nodes as the coordinator sees them: each has a queue to which hints go. What gets lost is sent again by the driver.</summary>
public interface IWorkOutlet
{
    Task RunAsync(NodeId node, TaskProtocol.Run message, CancellationToken cancellation);

    Task PlanAsync(NodeId node, PlanProtocol.Plan message, CancellationToken cancellation);

    Task StopAsync(NodeId node, WorkerProtocol.Stop message, CancellationToken cancellation);

    Task ControlAsync(NodeId node, NodeProtocol.Control message, CancellationToken cancellation);
}
