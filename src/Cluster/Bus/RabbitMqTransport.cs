using System.Security.Authentication;
using Depth3D.Cluster.Hosting;
using MassTransit;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// RabbitMQ. Every publish is confirmed by the broker; a lost connection is opened again for ever, and sends wait meanwhile, so callers
/// bound their waits. Guarantee: at least once.
/// </summary>
/// <param name="options">How to reach the broker.</param>
/// <param name="name">Shown in the broker's list of connections: the node's id.</param>
public sealed class RabbitMqTransport(BrokerOptions options, string name) : IClusterTransport
{
    public IBusControl CreateBus(Action<IBusFactoryConfigurator> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        BrokerTls.Check(options);
        HeartbeatCrash.Prevent();
        return MassTransit.Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(options.Hosts[0], (ushort)options.Port, options.VirtualHost, name, Connect);
            EndpointSetup.Prepare(bus);
            bus.SendTopology.ConfigureErrorSettings = AsErrors;
            bus.SendTopology.ConfigureDeadLetterSettings = AsErrors;
            configure(bus);
        });
    }

    public Task DeployAsync(int shards, CancellationToken cancellation) => BrokerTopology.DeployAsync(options, shards, cancellation);

    public void Configure(IReceiveEndpointConfigurator endpoint, EndpointKind kind, int concurrency)
    {
        EndpointSetup.Configure(endpoint, kind, concurrency);
        var policy = EndpointPolicy.Of(kind);
        var queue = (IRabbitMqReceiveEndpointConfigurator)endpoint;
        queue.Durable = policy.IsQuorum;
        queue.AutoDelete = !policy.IsQuorum;
        foreach (var (key, value) in policy.Arguments()) queue.SetQueueArgument(key, value!);
        if (policy.Source is { } source) queue.Bind(source);
    }

    // "queue:" would declare the queue anew, as a classic one.
    public Uri Address(string queue) => new($"exchange:{queue}");

    /// <summary>Whatever queue a message comes from, there is one error queue; the bus would declare it with the arguments of that queue.</summary>
    private static void AsErrors(IRabbitMqQueueBindingConfigurator errors)
    {
        errors.Durable = true;
        errors.AutoDelete = false;
        foreach (var key in EndpointPolicy.ArgumentNames) errors.SetQueueArgument(key, (object?)null!);
        foreach (var (key, value) in EndpointPolicy.Of(EndpointKind.Errors).Arguments()) errors.SetQueueArgument(key, value!);
    }

    private void Connect(IRabbitMqHostConfigurator host)
    {
        host.Username(options.User);
        host.Password(options.Password);
        host.PublisherConfirmation = true;
        host.Heartbeat(options.Heartbeat);
        host.RequestedConnectionTimeout(BrokerConnection.ConnectTime);
        if (options.Tls) host.UseSsl(Encrypt);
        if (options.Hosts.Count > 1)
            host.UseCluster(cluster =>
            {
                foreach (var node in options.Hosts) cluster.Node($"{node}:{options.Port}");
            });
    }

    private void Encrypt(IRabbitMqSslConfigurator ssl)
    {
        ssl.Protocol = SslProtocols.Tls12 | SslProtocols.Tls13;
        ssl.ServerName = options.Hosts[0];
        ssl.CertificateValidationCallback = BrokerTls.Validation(options);
        if (BrokerTls.OwnCertificate(options) is not { } certificate) return;
        ssl.Certificate = certificate;
        ssl.CertificateSelectionCallback = (_, _, _, _, _) => certificate;
    }
}
