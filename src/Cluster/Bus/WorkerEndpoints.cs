using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>A node's queue on a bus. Every handler hands its message on and returns, so nothing is ever long unacknowledged.</summary>
internal sealed class WorkerEndpoints(NodeId node, TaskRunner runner, StagePlanner planner, CancellationToken stop)
{
    private const int Concurrency = 16;

    public void Configure(IBusFactoryConfigurator bus, IClusterTransport transport) => bus.ReceiveEndpoint(Queues.Node(node), endpoint =>
    {
        transport.Configure(endpoint, EndpointKind.Node, Concurrency);
        endpoint.Handler<TaskProtocol.Run>(context =>
        {
            runner.Offer(context.Message);
            return Task.CompletedTask;
        });
        endpoint.Handler<PlanProtocol.Plan>(context =>
        {
            // It reports by itself; a plan that gets lost is asked for again.
            _ = Task.Run(() => planner.PlanAsync(context.Message, stop), CancellationToken.None);
            return Task.CompletedTask;
        });
        endpoint.Handler<WorkerProtocol.Stop>(context =>
        {
            runner.Stop(context.Message);
            return Task.CompletedTask;
        });
    });
}
