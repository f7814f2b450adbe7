using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>An encrypted broker that asks for certificates: who has the right ones gets in, everybody else is refused in words.</summary>
public sealed class TlsTests(TlsTests.Broker broker) : IClassFixture<TlsTests.Broker>
{
    [Fact]
    public async Task The_bus_and_connections_beside_it_are_encrypted()
    {
        var options = broker.Private.NewSpace();
        var transport = new RabbitMqTransport(options, "test");
        await transport.DeployAsync(1, default);
        var arrived = new TaskCompletionSource();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Registry, e =>
        {
            transport.Configure(e, EndpointKind.Registry, 1);
            e.Handler<NodeProtocol.Left>(_ => Task.FromResult(arrived.TrySetResult()));
        }));
        await (await bus.Control.GetSendEndpoint(transport.Address(Queues.Registry))).Send(new NodeProtocol.Left(new("n1"), "s"));
        await arrived.Task.Within("the message");
    }

    [Fact]
    public Task A_broker_that_another_authority_signed_is_not_trusted() => RefusedAsync(o => o with { TlsAuthority = broker.Foreign.AuthorityFile });

    [Fact]
    public Task A_broker_that_no_authority_of_the_system_signed_is_not_trusted() => RefusedAsync(o => o with { TlsAuthority = null });

    [Fact]
    public Task A_broker_whose_certificate_is_for_another_name_is_not_trusted() => RefusedAsync(o => o with { Hosts = ["127.0.0.2"] });

    [Fact]
    public Task A_node_without_a_certificate_is_refused() => RefusedAsync(o => o with { TlsCertificate = null, TlsKey = null });

    [Fact]
    public Task A_node_with_a_certificate_of_another_authority_is_refused()
    {
        var (certificate, key) = broker.Foreign.Sign("intruder");
        return RefusedAsync(o => o with { TlsCertificate = certificate, TlsKey = key });
    }

    [Fact]
    public Task A_connection_without_encryption_is_refused() =>
        RefusedAsync(o => o with { Tls = false, TlsAuthority = null, TlsCertificate = null, TlsKey = null });

    [Fact]
    public async Task A_certificate_file_that_is_none_is_named()
    {
        var options = broker.Private.NewSpace();
        var key = options.TlsKey!;
        var refused = await Assert.ThrowsAsync<Depth3DException>(() => OpenAsync(options with { TlsCertificate = key }));
        Assert.Equal((key, ExitCode.Usage), (refused.Where, refused.ExitCode));
    }

    private async Task RefusedAsync(Func<BrokerOptions, BrokerOptions> change)
    {
        var refused = await Assert.ThrowsAsync<Depth3DException>(() => OpenAsync(change(broker.Private.NewSpace())).Within("the refusal"));
        Assert.DoesNotContain(broker.Private.NewSpace().Password, refused.Message, StringComparison.Ordinal);
        Assert.Contains("no broker answers", refused.Message, StringComparison.Ordinal);
    }

    private static async Task OpenAsync(BrokerOptions options)
    {
        await using var connection = await BrokerConnection.OpenAsync(options, "test", default);
    }

    /// <summary>The broker of these tests, and an authority that it does not know.</summary>
    public sealed class Broker : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public PrivateBroker Private { get; private set; } = null!;

        public TestAuthority Foreign { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Foreign = new TestAuthority(_folder.At("foreign"));
            Private = await PrivateBroker.StartAsync(new() { Tls = true, AsksForCertificate = true });
        }

        public async Task DisposeAsync()
        {
            await Private.DisposeAsync();
            _folder.Dispose();
        }
    }
}
