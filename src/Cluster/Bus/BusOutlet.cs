using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>Sends hints to the nodes' queues. A wait that does not end is given up: the driver sends again.</summary>
internal sealed class BusOutlet(IBus bus, IClusterTransport transport, TimeSpan timeout) : IWorkOutlet
{
    public Task RunAsync(NodeId node, TaskProtocol.Run message, CancellationToken cancellation) => SendAsync(node, message, cancellation);

    public Task PlanAsync(NodeId node, PlanProtocol.Plan message, CancellationToken cancellation) => SendAsync(node, message, cancellation);

    public Task StopAsync(NodeId node, WorkerProtocol.Stop message, CancellationToken cancellation) => SendAsync(node, message, cancellation);

    public Task ControlAsync(NodeId node, NodeProtocol.Control message, CancellationToken cancellation) => SendAsync(node, message, cancellation);

    private async Task SendAsync<TMessage>(NodeId node, TMessage message, CancellationToken cancellation)
        where TMessage : class
    {
        var endpoint = await bus.GetSendEndpoint(transport.Address(Queues.Node(node))).ConfigureAwait(false);
        await endpoint.Send(message, cancellation).WaitAsync(timeout, cancellation).ConfigureAwait(false);
    }
}
