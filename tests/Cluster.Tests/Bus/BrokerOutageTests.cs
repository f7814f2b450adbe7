using System.Collections.Concurrent;
using System.Diagnostics;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>A broker that crashes and comes back: what it confirmed is there, waits end in time, everybody finds it again.</summary>
public sealed class BrokerOutageTests(BrokerOutageTests.Broker broker) : IClassFixture<BrokerOutageTests.Broker>
{
    private static readonly NodeId Node = new("n1");

    [Fact]
    public async Task Whatever_was_confirmed_outlives_the_broker()
    {
        var transport = new RabbitMqTransport(broker.Private.NewSpace(), "test");
        await transport.DeployAsync(1, default);
        await using (var sender = await RunningBus.StartAsync(transport, _ => { })) await SendAsync(transport, sender, 200).Within("the confirmations");
        await BrokerCrashes.EndAsync(broker.Private);
        await broker.Private.StartAgainAsync();

        var arrived = new ConcurrentDictionary<string, bool>();
        var all = new TaskCompletionSource();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Shard(0), e => Consume(e, transport, session =>
        {
            arrived.TryAdd(session, true);
            if (arrived.Count == 200) all.TrySetResult();
        })));
        await all.Task.Within("200 messages after the restart");
    }

    [Fact]
    public async Task A_request_during_an_outage_ends_in_time_and_one_after_it_is_answered()
    {
        var transport = new RabbitMqTransport(broker.Private.NewSpace(), "test");
        await transport.DeployAsync(1, default);
        await using var answering = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Shard(0), e =>
        {
            transport.Configure(e, EndpointKind.Clips, 4);
            e.Handler<TaskProtocol.Renew>(c => c.RespondAsync(new TaskProtocol.Answer(Refusal.NotReady)));
        }));
        await using var asking = new ClusterBus(transport, TimeProvider.System, NullLoggerFactory.Instance);
        await asking.StartAsync(default);
        var coordinator = new BusCoordinator(asking, _ => Queues.Shard(0), TimeSpan.FromSeconds(3));
        var question = new TaskProtocol.Renew(new("clip-1"), TaskId.Parse("cut/0"), 1);
        await Answered().Within("the first answer");

        await BrokerCrashes.EndAsync(broker.Private);
        var asked = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<Exception>(() => coordinator.RenewAsync(question, default));
        Assert.InRange(asked.Elapsed.TotalSeconds, 0, 30);
        await broker.Private.StartAgainAsync();
        async Task Answered()
        {
            while (true)
            {
                try
                {
                    if ((await coordinator.RenewAsync(question, default)).Refusal == Refusal.NotReady) return;
                }
                catch (Exception e) when (e is TimeoutException or MassTransitException)
                {
                    // The bus still looks for the broker.
                }
            }
        }

        await Answered().Within("the first answer after the restart");
    }

    [Fact]
    public async Task A_process_keeps_its_id_over_a_crash_of_the_broker()
    {
        var space = broker.Private.NewSpace();
        await using var presence = await PresenceTests.HoldAsync(space, Node);
        await broker.Private.KillAsync();
        await PresenceTests.Until(() => !presence.IsHeld).Within("the loss of the connection");
        await broker.Private.StartAgainAsync();
        await PresenceTests.Until(() => presence.IsHeld).Within("the presence after the restart");
        Assert.False(presence.Displaced.IsCompleted);
    }

    [Fact]
    public async Task The_watch_tells_that_it_knows_nothing_during_an_outage_and_that_it_is_back()
    {
        var space = broker.Private.NewSpace();
        var facts = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        await using var watch = new PresenceWatch(space, "seed-1", TimeProvider.System, NullLogger.Instance);
        watch.Connected += isConnected => facts.Writer.TryWrite(isConnected);
        watch.Start();
        Assert.True(await facts.Reader.ReadAsync().AsTask().Within("the first connection"));
        await broker.Private.KillAsync();
        Assert.False(await facts.Reader.ReadAsync().AsTask().Within("the outage"));
        await broker.Private.StartAgainAsync();
        Assert.True(await facts.Reader.ReadAsync().AsTask().Within("the second connection"));
    }

    [Fact]
    public async Task A_node_whose_id_was_taken_during_its_outage_is_told()
    {
        var space = broker.Private.NewSpace() with { Heartbeat = TimeSpan.FromSeconds(1) };
        var slow = new ManualTime();
        await using var first = await PresenceTests.HoldAsync(space, Node, slow);
        await broker.Private.KillAsync();
        await PresenceTests.Until(() => !first.IsHeld).Within("the loss of the connection");
        await broker.Private.StartAgainAsync();
        await using var second = await PresenceTests.HoldAsync(space, Node);
        while (!first.Displaced.IsCompleted)
        {
            if (await Task.WhenAny(first.Displaced, slow.ArmedAsync("the first one's next try")) == first.Displaced) break;
            slow.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.Contains("another process is running as node 'n1'", await first.Displaced, StringComparison.Ordinal);
    }

    private static async Task SendAsync(IClusterTransport transport, RunningBus bus, int count)
    {
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(Queues.Shard(0)));
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => endpoint.Send(new NodeProtocol.Left(Node, $"{i}"))));
    }

    private static void Consume(IReceiveEndpointConfigurator endpoint, IClusterTransport transport, Action<string> seen)
    {
        transport.Configure(endpoint, EndpointKind.Clips, 16);
        endpoint.Handler<NodeProtocol.Left>(c =>
        {
            seen(c.Message.Session);
            return Task.CompletedTask;
        });
    }

    /// <summary>A broker that these tests crash, one after the other.</summary>
    public sealed class Broker : IAsyncLifetime
    {
        public PrivateBroker Private { get; private set; } = null!;

        public async Task InitializeAsync() => Private = await PrivateBroker.StartAsync();

        public async Task DisposeAsync() => await Private.DisposeAsync();
    }
}
