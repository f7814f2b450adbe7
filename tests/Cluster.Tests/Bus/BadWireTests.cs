using System.Collections.Concurrent;
using System.Text;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using MassTransit;
using RabbitMQ.Client;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>Bytes that no version of this program sends: each lands in the error queue with its reason, and the consumer lives on.</summary>
public sealed class BadWireTests
{
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Good = """{"messageType":["urn:message:Depth3D.Messages:NodeProtocol+Left"],"message":{"node":"n1","session":"good"}}""";

    private static readonly (string Name, string Body, object? Version, string Reason)[] Bad =
    [
        ("no version", Good, null, "no version"),
        ("a version from the future", Good, 99, "its version is 99"),
        ("a version that is text", Good, "one", "not a number"),
        ("a version that is a table", Good, new Dictionary<string, object?> { ["a"] = 1 }, "not a number"),
        ("nothing", "", 1, ""),
        ("truncated", Good[..(Good.Length / 2)], 1, ""),
        ("truncated within a name", Good[..9], 1, ""),
        ("no JSON", "\0\u0001\u0002 GET / HTTP/1.1", 1, ""),
        ("another JSON", """{"hello":"world"}""", 1, ""),
        ("an array", "[1,2,3]", 1, ""),
        ("deep", new string('[', 10_000), 1, ""),
        ("a huge number", Good.Replace("\"good\"", "1e400", StringComparison.Ordinal), 1, ""),
        ("an id that is a path", Good.Replace("\"n1\"", "\"../../etc/passwd\"", StringComparison.Ordinal), 1, ""),
        ("an id that is an option", Good.Replace("\"n1\"", "\"-vf;rm -rf ~\"", StringComparison.Ordinal), 1, ""),
        ("a type that is not ours", Good.Replace("Depth3D.Messages:NodeProtocol+Left", "System.Diagnostics:Process", StringComparison.Ordinal), 1, "nothing here handles its type"),
        ("too large", Good.Replace("good", new string('x', EndpointPolicy.DefaultMaxBytes), StringComparison.Ordinal), 1, "bytes, and this queue takes"),
    ];

    [Fact]
    public async Task Each_bad_message_is_set_aside_with_its_reason_and_good_ones_go_on()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        var transport = new RabbitMqTransport(broker, "test");
        await transport.DeployAsync(2, default);
        var sessions = new ConcurrentQueue<string>();
        var good = new SemaphoreSlim(0);
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Operations, e =>
        {
            transport.Configure(e, EndpointKind.Operations, 1);
            e.Handler<NodeProtocol.Left>(c =>
            {
                sessions.Enqueue(c.Message.Session);
                good.Release();
                return Task.CompletedTask;
            });
        }));
        foreach (var (name, body, version, _) in Bad)
        {
            await PublishAsync(broker, name, body, version);
            await PublishAsync(broker, "good", Good, 1);
            await good.WaitAsync().Within($"the good message after '{name}'");
        }

        Assert.All(sessions, s => Assert.Equal("good", s));
        var errors = await new BrokerQueueDesk(broker).ErrorsAsync(null, 100, default);
        Assert.Equal(Bad.Select(b => b.Name), errors.Select(e => e.Id));
        Assert.All(errors.Zip(Bad), pair => Assert.Contains(pair.Second.Reason, pair.First.Reason, StringComparison.Ordinal));
        Assert.All(errors, e => Assert.Equal(Queues.Operations, e.Queue));
        Assert.All(errors, e => Assert.NotEqual("", e.Reason));
    }

    [Fact]
    public async Task Unreadable_copies_for_listeners_are_dropped()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        var transport = new RabbitMqTransport(broker, "test");
        await transport.DeployAsync(1, default);
        var arrived = new TaskCompletionSource<string>();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.EventsOf("seed-1"), e =>
        {
            transport.Configure(e, EndpointKind.Events, 1);
            e.Handler<NodeProtocol.Left>(c =>
            {
                arrived.TrySetResult(c.Message.Session);
                return Task.CompletedTask;
            });
        }));
        foreach (var (name, body, version, _) in Bad) await PublishAsync(broker, name, body, version, Queues.Events);
        await PublishAsync(broker, "good", Good, 1, Queues.Events);
        Assert.Equal("good", await arrived.Task.Within("the good message"));
        Assert.Empty(await new BrokerQueueDesk(broker).ErrorsAsync(null, 100, default));
    }

    private static async Task PublishAsync(BrokerOptions broker, string id, string body, object? version, string exchange = Queues.Operations)
    {
        await using var connection = await BrokerConnection.OpenAsync(broker, "foreign", default);
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties { MessageId = id, ContentType = Envelope, Headers = new Dictionary<string, object?>() };
        if (version is not null) properties.Headers[MessageVersion.Header] = version;
        await channel.BasicPublishAsync(exchange, "", mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }
}
