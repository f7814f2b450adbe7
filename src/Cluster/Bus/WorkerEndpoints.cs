using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>A worker's queues on a bus: per pool one for tasks, with as many at once as it has slots, and one for planning.</summary>
internal sealed class WorkerEndpoints(
    string worker, TaskRunner runner, StagePlanner planner, IReadOnlyDictionary<WorkerPool, int> slots, CancellationToken stop)
{
    public void Configure(IBusFactoryConfigurator bus, IClusterTransport transport)
    {
        foreach (var (pool, count) in slots)
        {
            bus.ReceiveEndpoint(Queues.Run(pool), endpoint =>
            {
                transport.Configure(endpoint, EndpointKind.Pool, count);
                endpoint.Handler<TaskProtocol.Run>(context =>
                {
                    runner.Offer(context.Message);
                    return Task.CompletedTask;
                });
            });
            bus.ReceiveEndpoint(Queues.Plan(pool), endpoint =>
            {
                transport.Configure(endpoint, EndpointKind.Pool, 1);
                endpoint.Handler<PlanProtocol.Plan>(context => planner.PlanAsync(context.Message, stop));
            });
        }

        bus.ReceiveEndpoint(Queues.Worker(worker), endpoint =>
        {
            transport.Configure(endpoint, EndpointKind.Worker, 1);
            endpoint.Handler<WorkerProtocol.Stop>(context =>
            {
                runner.Stop(context.Message);
                return Task.CompletedTask;
            });
        });
    }
}
