using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>All that differs between transports: how a bus is made, how a queue is declared, how it is addressed.</summary>
public interface IClusterTransport
{
    IBusControl CreateBus(Action<IBusFactoryConfigurator> configure);

    /// <summary>Makes the queues that all share, before anybody sends to them; a message to a queue that does not exist is lost.</summary>
    Task DeployAsync(int shards, CancellationToken cancellation);

    /// <summary>Sets what the transport needs for this kind of queue, with at most <paramref name="concurrency"/> messages at once.</summary>
    void Configure(IReceiveEndpointConfigurator endpoint, EndpointKind kind, int concurrency);

    /// <summary>Where to send for this queue, without declaring it.</summary>
    Uri Address(string queue);
}
