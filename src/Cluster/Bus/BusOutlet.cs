using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using Depth3D.Pipeline;
using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>Sends hints to the pools' queues. A wait that does not end is given up: the driver sends again.</summary>
internal sealed class BusOutlet(IBus bus, IClusterTransport transport, TimeSpan timeout) : IWorkOutlet
{
    public Task RunAsync(WorkerPool pool, TaskProtocol.Run message, CancellationToken cancellation) =>
        SendAsync(Queues.Run(pool), message, cancellation);

    public Task PlanAsync(WorkerPool pool, PlanProtocol.Plan message, CancellationToken cancellation) =>
        SendAsync(Queues.Plan(pool), message, cancellation);

    public Task StopAsync(string worker, WorkerProtocol.Stop message, CancellationToken cancellation) =>
        SendAsync(Queues.Worker(worker), message, cancellation);

    private async Task SendAsync<TMessage>(string queue, TMessage message, CancellationToken cancellation)
        where TMessage : class
    {
        var endpoint = await bus.GetSendEndpoint(transport.Address(queue)).ConfigureAwait(false);
        await endpoint.Send(message, cancellation).WaitAsync(timeout, cancellation).ConfigureAwait(false);
    }
}
