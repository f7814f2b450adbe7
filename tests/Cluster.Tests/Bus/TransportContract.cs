using System.Collections.Concurrent;
using Depth3D.Cluster.Bus;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>What every transport must do, whatever carries the messages.</summary>
public abstract class TransportContract
{
    private static readonly ClipId Clip = new("clip-1");
    private static readonly TaskId Task0 = TaskId.Parse("cut/0");
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    protected abstract Task<IClusterTransport> TransportAsync();

    [Fact]
    public async Task A_request_is_answered()
    {
        var transport = await TransportAsync();
        await using var bus = await RunningBus.StartAsync(transport, b => Answering(b, transport, _ => new(Refusal.NotReady)));
        Assert.Equal(Refusal.NotReady, (await AskAsync(transport, bus, 7)).Refusal);
    }

    [Fact]
    public async Task Everything_sent_arrives()
    {
        var transport = await TransportAsync();
        var arrived = new Arrivals(200);
        await using var bus = await RunningBus.StartAsync(transport, b => Collecting(b, transport, arrived));
        await SendAsync(transport, bus, 0, 200);
        await arrived.All.Within("200 messages");
    }

    [Fact]
    public async Task What_is_sent_while_nobody_consumes_waits()
    {
        var transport = await TransportAsync();
        var arrived = new Arrivals(5);
        await using var bus = await RunningBus.StartAsync(transport, _ => { });
        await using (await bus.ConnectAsync(NodeQueue, e => Collect(e, transport, arrived))) await SendAsync(transport, bus, 0, 1);
        await SendAsync(transport, bus, 1, 4);
        await using var again = await bus.ConnectAsync(NodeQueue, e => Collect(e, transport, arrived));
        await arrived.All.Within("the messages of the pause");
    }

    [Fact]
    public async Task Every_listener_gets_a_copy_of_what_is_fanned_out()
    {
        var transport = await TransportAsync();
        Arrivals one = new(3), two = new(3);
        await using var bus = await RunningBus.StartAsync(transport, b =>
        {
            b.ReceiveEndpoint(Queues.ObserversOf("seed-1"), e => Collect(e, transport, one, EndpointKind.Observers));
            b.ReceiveEndpoint(Queues.ObserversOf("seed-2"), e => Collect(e, transport, two, EndpointKind.Observers));
        });
        await SendAsync(transport, bus, 0, 3, Queues.Observers);
        await Task.WhenAll(one.All, two.All).Within("the copies");
    }

    [Fact]
    public async Task A_handler_that_falls_is_told_to_the_asker_and_touches_no_other_message()
    {
        var transport = await TransportAsync();
        await using var bus = await RunningBus.StartAsync(transport, b => Answering(b, transport,
            m => m.Epoch == 13 ? throw new InvalidOperationException("a defect") : new(null)));
        var asked = AskAsync(transport, bus, 13);
        Assert.Null((await AskAsync(transport, bus, 14)).Refusal);
        Assert.Contains("a defect", (await Assert.ThrowsAsync<RequestFaultException>(() => asked)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_nobody_answers_ends_in_time()
    {
        var transport = await TransportAsync();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Shard(3), e =>
        {
            transport.Configure(e, EndpointKind.Clips, 1);
            e.Handler<TaskProtocol.Renew>(_ => Task.CompletedTask);
        }));
        await Assert.ThrowsAsync<RequestTimeoutException>(() => AskAsync(transport, bus, 1, Short).Within("the time-out"));
    }

    [Theory]
    [InlineData(MessageVersion.Current + 1)]
    [InlineData(MessageVersion.Oldest - 1)]
    [InlineData(-1)]
    public async Task A_message_of_an_unknown_version_is_not_read_and_the_next_one_is(int version)
    {
        var transport = await TransportAsync();
        var arrived = new Arrivals(1);
        await using var bus = await RunningBus.StartAsync(transport, b => Collecting(b, transport, arrived));
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(NodeQueue));
        await endpoint.Send(new TaskProtocol.Renew(Clip, Task0, 1), c => c.Headers.Set(MessageVersion.Header, version));
        await SendAsync(transport, bus, 2, 1);
        await arrived.All.Within("the message after it");
        Assert.Equal([2], arrived.Epochs);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_not_read_and_the_next_one_is()
    {
        var transport = await TransportAsync();
        var arrived = new TaskCompletionSource<string>();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Operations, e =>
        {
            transport.Configure(e, EndpointKind.Operations, 1);
            e.Handler<NodeProtocol.Left>(c =>
            {
                arrived.TrySetResult(c.Message.Session);
                return Task.CompletedTask;
            });
        }));
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(Queues.Operations));
        await endpoint.Send(new NodeProtocol.Left(new("n1"), new string('x', EndpointPolicy.DefaultMaxBytes)));
        await endpoint.Send(new NodeProtocol.Left(new("n1"), "small"));
        Assert.Equal("small", await arrived.Task.Within("the message after it"));
    }

    [Fact]
    public async Task A_message_that_nobody_knows_harms_nothing()
    {
        var transport = await TransportAsync();
        var arrived = new Arrivals(1);
        await using var bus = await RunningBus.StartAsync(transport, b => Collecting(b, transport, arrived));
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(NodeQueue));
        await endpoint.Send(new SeedProtocol.Tick("seed-1", DateTimeOffset.UnixEpoch));
        await SendAsync(transport, bus, 2, 1);
        await arrived.All.Within("the message after it");
    }

    private static string NodeQueue => Queues.Node(new("n1"));

    private static void Answering(IBusFactoryConfigurator bus, IClusterTransport transport, Func<TaskProtocol.Renew, TaskProtocol.Answer> answer) =>
        bus.ReceiveEndpoint(Queues.Shard(3), e =>
        {
            transport.Configure(e, EndpointKind.Clips, 4);
            e.Handler<TaskProtocol.Renew>(c => c.RespondAsync(answer(c.Message)));
        });

    private static void Collecting(IBusFactoryConfigurator bus, IClusterTransport transport, Arrivals arrivals) =>
        bus.ReceiveEndpoint(NodeQueue, e => Collect(e, transport, arrivals));

    private static void Collect(
        IReceiveEndpointConfigurator endpoint, IClusterTransport transport, Arrivals arrivals, EndpointKind kind = EndpointKind.Node)
    {
        transport.Configure(endpoint, kind, 8);
        endpoint.Handler<TaskProtocol.Renew>(c => arrivals.Add(c.Message.Epoch));
    }

    private static async Task SendAsync(IClusterTransport transport, RunningBus bus, int first, int count, string? queue = null)
    {
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(queue ?? NodeQueue));
        await Task.WhenAll(Enumerable.Range(first, count).Select(i => endpoint.Send(new TaskProtocol.Renew(Clip, Task0, i)))).Within("sending");
    }

    private static async Task<TaskProtocol.Answer> AskAsync(IClusterTransport transport, RunningBus bus, long epoch, TimeSpan? limit = null)
    {
        var timeout = RequestTimeout.After(ms: (int)(limit ?? TimeSpan.FromSeconds(60)).TotalMilliseconds);
        var client = bus.Control.CreateRequestClient<TaskProtocol.Renew>(transport.Address(Queues.Shard(3)), timeout);
        return (await client.GetResponse<TaskProtocol.Answer>(new TaskProtocol.Renew(Clip, Task0, epoch))).Message;
    }

    private sealed class Arrivals(int expected)
    {
        private readonly ConcurrentDictionary<long, bool> _epochs = new();
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task All => _all.Task;

        public IEnumerable<long> Epochs => _epochs.Keys;

        public Task Add(long epoch)
        {
            _epochs.TryAdd(epoch, true);
            if (_epochs.Count >= expected) _all.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
