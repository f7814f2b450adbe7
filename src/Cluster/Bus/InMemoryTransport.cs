using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>MassTransit's transport inside one process: nothing to install, nothing kept. The journal makes up for the latter.</summary>
public sealed class InMemoryTransport : IClusterTransport
{
    public IBusControl CreateBus(Action<IBusFactoryConfigurator> configure)
    {
        // A bus made without the dependency container has no usage telemetry; this keeps it off if that ever changes.
        Environment.SetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY", "false");
        return MassTransit.Bus.Factory.CreateUsingInMemory(bus => configure(bus));
    }

    public void Configure(IReceiveEndpointConfigurator endpoint, EndpointKind kind, int concurrency)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.PrefetchCount = concurrency;
        endpoint.ConcurrentMessageLimit = concurrency;
        endpoint.ConfigureConsumeTopology = false;
    }

    public Uri Address(string queue) => new($"queue:{queue}");
}
