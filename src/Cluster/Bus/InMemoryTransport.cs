using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>MassTransit's transport inside one process: nothing to install, nothing kept. The journal makes up for the latter.</summary>
public sealed class InMemoryTransport : IClusterTransport
{
    public IBusControl CreateBus(Action<IBusFactoryConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        NoUsageTelemetry();
        return MassTransit.Bus.Factory.CreateUsingInMemory(bus => configure(bus));
    }

    public void Configure(IReceiveEndpointConfigurator endpoint, EndpointKind kind, int concurrency)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        Common(endpoint, concurrency);
        if (EndpointPolicy.Of(kind).Source is { } source) ((IInMemoryReceiveEndpointConfigurator)endpoint).Bind(source);
    }

    public Uri Address(string queue) => new($"exchange:{queue}");

    /// <summary>A bus made without the dependency container has no usage telemetry; this keeps it off if that ever changes.</summary>
    internal static void NoUsageTelemetry() => Environment.SetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY", "false");

    internal static void Common(IReceiveEndpointConfigurator endpoint, int concurrency)
    {
        endpoint.PrefetchCount = concurrency;
        endpoint.ConcurrentMessageLimit = concurrency;
        endpoint.ConfigureConsumeTopology = false;
    }
}
