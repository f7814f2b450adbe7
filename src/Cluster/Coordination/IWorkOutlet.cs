using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Coordination;

/// <summary>The workers as the coordinator sees them: queues to which hints go. What gets lost is sent again by the driver.</summary>
public interface IWorkOutlet
{
    Task RunAsync(WorkerPool pool, TaskProtocol.Run message, CancellationToken cancellation);

    Task PlanAsync(WorkerPool pool, PlanProtocol.Plan message, CancellationToken cancellation);

    Task StopAsync(string worker, WorkerProtocol.Stop message, CancellationToken cancellation);
}
