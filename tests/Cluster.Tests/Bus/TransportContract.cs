using System.Collections.Concurrent;
using Depth3D.Cluster.Bus;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>What every transport must do, whatever carries the messages.</summary>
public abstract class TransportContract
{
    private static readonly ClipId Clip = new("clip-1");

    protected abstract Task<IClusterTransport> TransportAsync();

    [Fact]
    public async Task A_request_is_answered()
    {
        var transport = await TransportAsync();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Shard(3), e =>
        {
            transport.Configure(e, EndpointKind.Clips, 4);
            e.Handler<TaskProtocol.Renew>(c => c.RespondAsync(new TaskProtocol.Answer(Refusal.NotReady)));
        }));
        var client = bus.Control.CreateRequestClient<TaskProtocol.Renew>(transport.Address(Queues.Shard(3)));
        var answer = await client.GetResponse<TaskProtocol.Answer>(new TaskProtocol.Renew(Clip, TaskId.Parse("cut/0"), 7)).Within("the answer");
        Assert.Equal(Refusal.NotReady, answer.Message.Refusal);
    }

    [Fact]
    public async Task Everything_sent_arrives()
    {
        var transport = await TransportAsync();
        var arrived = new ConcurrentDictionary<long, bool>();
        var all = new TaskCompletionSource();
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Node(new("n1")), e =>
        {
            transport.Configure(e, EndpointKind.Node, 8);
            e.Handler<TaskProtocol.Renew>(c =>
            {
                if (arrived.TryAdd(c.Message.Epoch, true) && arrived.Count == 200) all.TrySetResult();
                return Task.CompletedTask;
            });
        }));
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(Queues.Node(new("n1"))));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => endpoint.Send(new TaskProtocol.Renew(Clip, TaskId.Parse("cut/0"), i))));
        await all.Task.Within("200 messages");
    }
}
