using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>MassTransit's transport inside one process: nothing to install, nothing kept. The journal makes up for the latter.</summary>
public sealed class InMemoryTransport : IClusterTransport
{
    public IBusControl CreateBus(Action<IBusFactoryConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return MassTransit.Bus.Factory.CreateUsingInMemory(bus =>
        {
            EndpointSetup.Prepare(bus);
            configure(bus);
        });
    }

    /// <summary>Nothing: queues appear with their consumers, which are in the same process.</summary>
    public Task DeployAsync(int shards, CancellationToken cancellation) => Task.CompletedTask;

    public void Configure(IReceiveEndpointConfigurator endpoint, EndpointKind kind, int concurrency)
    {
        EndpointSetup.Configure(endpoint, kind, concurrency);
        if (EndpointPolicy.Of(kind).Source is { } source) ((IInMemoryReceiveEndpointConfigurator)endpoint).Bind(source);
    }

    public Uri Address(string queue) => new($"exchange:{queue}");
}
