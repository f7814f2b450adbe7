using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using MassTransit;
using RabbitMQ.Client.Exceptions;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>The queues at the broker: deployed before anybody sends, the same whoever declares them, one consumer where there must be one.</summary>
public sealed class TopologyTests
{
    private static readonly NodeProtocol.Left Message = new(new("n1"), "s");

    public static TheoryData<EndpointKind> QuorumKinds =>
        new(Enum.GetValues<EndpointKind>().Where(k => EndpointPolicy.Of(k).IsQuorum && k != EndpointKind.Errors));

    [Fact]
    public async Task Deploying_again_changes_nothing_and_consumers_find_the_queues_as_they_declare_them()
    {
        var (broker, transport) = await NewAsync();
        await transport.DeployAsync(2, default);
        await transport.DeployAsync(2, default);
        var kinds = BrokerTopology.SharedQueues(2).Where(q => q.Kind != EndpointKind.Errors).ToArray();
        await using var bus = await RunningBus.StartAsync(transport, b =>
        {
            foreach (var (queue, kind) in kinds) b.ReceiveEndpoint(queue, e => Ignore(e, transport, kind));
        });
        var states = await new BrokerQueueDesk(broker).ListAsync(kinds.Select(k => k.Queue), default);
        Assert.Equal(kinds.Length + 1, states.Count);
        Assert.All(states, s => Assert.Equal(s.Name == Queues.Errors ? 0 : 1, s.Consumers));
    }

    [Theory]
    [MemberData(nameof(QuorumKinds))]
    public async Task Queues_that_outlive_their_consumer_are_quorum_queues(EndpointKind kind)
    {
        var (broker, transport) = await NewAsync();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint("some-queue", e => Ignore(e, transport, kind)));
        await using var connection = await BrokerConnection.OpenAsync(broker, "test", default);
        await using var channel = await connection.CreateChannelAsync();
        var classic = new Dictionary<string, object?>(EndpointPolicy.Of(kind).Arguments()) { ["x-queue-type"] = "classic" };
        var refused = await Assert.ThrowsAsync<OperationInterruptedException>(() =>
            channel.QueueDeclareAsync("some-queue", durable: true, exclusive: false, autoDelete: false, classic));
        Assert.Contains("'x-queue-type' for queue 'some-queue'", refused.ShutdownReason!.ReplyText, StringComparison.Ordinal);
        Assert.Contains("'quorum'", refused.ShutdownReason.ReplyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_queue_is_a_quorum_queue_with_its_own_life_whichever_queue_made_it()
    {
        var (broker, transport) = await NewAsync();
        var fell = new TaskCompletionSource();
        await using (var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Node(new("n1")), e =>
        {
            transport.Configure(e, EndpointKind.Node, 1);
            e.Handler<NodeProtocol.Left>(_ =>
            {
                fell.SetResult();
                throw new InvalidOperationException("a defect");
            });
        })))
        {
            await (await bus.Control.GetSendEndpoint(transport.Address(Queues.Node(new("n1"))))).Send(Message);
            await fell.Task.Within("the handler");
        }

        Assert.Single(await new BrokerQueueDesk(broker).ErrorsAsync(null, 10, default));
        await transport.DeployAsync(1, default);
    }

    [Fact]
    public async Task A_queue_with_other_properties_is_refused_in_words_with_the_remedy()
    {
        var (broker, transport) = await NewAsync();
        await using var connection = await BrokerConnection.OpenAsync(broker, "test", default);
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Queues.Registry, durable: true, exclusive: false, autoDelete: false);
        var refused = await Assert.ThrowsAsync<Depth3DException>(() => transport.DeployAsync(1, default));
        Assert.Contains("the queue 'registry' exists with other properties", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"rabbitmqctl delete_queue -p {broker.VirtualHost} registry", refused.Remedy!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_after_deployment_waits_for_the_first_consumer()
    {
        var (_, transport) = await NewAsync();
        await transport.DeployAsync(1, default);
        await using var sender = await RunningBus.StartAsync(transport, _ => { });
        await (await sender.Control.GetSendEndpoint(transport.Address(Queues.Shard(0)))).Send(Message);
        var arrived = new TaskCompletionSource();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Shard(0), e =>
        {
            transport.Configure(e, EndpointKind.Clips, 1);
            e.Handler<NodeProtocol.Left>(_ => Task.FromResult(arrived.TrySetResult()));
        }));
        await arrived.Task.Within("the message");
    }

    [Fact]
    public async Task One_consumer_is_active_and_the_next_takes_over_when_it_leaves()
    {
        var (_, transport) = await NewAsync();
        await transport.DeployAsync(1, default);
        var seen = System.Threading.Channels.Channel.CreateUnbounded<string>();
        await using var first = await RunningBus.StartAsync(transport, _ => { });
        await using var second = await RunningBus.StartAsync(transport, _ => { });
        var active = await first.ConnectAsync(Queues.Election, e => Tell(e, "first"));
        await using var standby = await second.ConnectAsync(Queues.Election, e => Tell(e, "second"));
        var endpoint = await second.Control.GetSendEndpoint(transport.Address(Queues.Election));
        for (var i = 0; i < 5; i++)
        {
            await endpoint.Send(Message);
            Assert.Equal("first", await seen.Reader.ReadAsync().AsTask().Within("a tick"));
        }

        await active.DisposeAsync();
        await endpoint.Send(Message);
        Assert.Equal("second", await seen.Reader.ReadAsync().AsTask().Within("a tick after the change"));

        void Tell(IReceiveEndpointConfigurator e, string who)
        {
            transport.Configure(e, EndpointKind.Election, 1);
            e.Handler<NodeProtocol.Left>(_ => Task.FromResult(seen.Writer.TryWrite(who)));
        }
    }

    private static async Task<(BrokerOptions, IClusterTransport)> NewAsync()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        return (broker, new RabbitMqTransport(broker, "test"));
    }

    private static void Ignore(IReceiveEndpointConfigurator endpoint, IClusterTransport transport, EndpointKind kind)
    {
        transport.Configure(endpoint, kind, 1);
        endpoint.Handler<NodeProtocol.Left>(_ => Task.CompletedTask);
    }
}
