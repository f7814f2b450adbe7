using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>What operators see of queues, and messages sent once more after what was wrong is mended.</summary>
public sealed class QueueDeskTests
{
    [Fact]
    public async Task A_failed_message_is_listed_and_once_requeued_is_handled()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        var transport = new RabbitMqTransport(broker, "test");
        await transport.DeployAsync(1, default);
        var desk = new BrokerQueueDesk(broker);
        var isMended = false;
        var handled = new SemaphoreSlim(0);
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Registry, e =>
        {
            transport.Configure(e, EndpointKind.Registry, 1);
            e.Handler<NodeProtocol.Left>(c =>
            {
                if (c.Message.Session == "poison" && !Volatile.Read(ref isMended)) throw new InvalidOperationException("a defect\nin two lines");
                handled.Release();
                return Task.CompletedTask;
            });
        }));
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(Queues.Registry));
        await endpoint.Send(new NodeProtocol.Left(new("n1"), "poison"));
        await endpoint.Send(new NodeProtocol.Left(new("n1"), "fine"));
        await handled.WaitAsync().Within("the message after the failed one");

        var error = Assert.Single(await desk.ErrorsAsync(Queues.Registry, 10, default));
        Assert.Equal((Queues.Registry, "NodeProtocol+Left", "a defect in two lines"), (error.Queue, error.Type, error.Reason));
        Assert.InRange(error.At!.Value, DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Empty(await desk.ErrorsAsync(Queues.Operations, 10, default));

        Assert.Equal(0, await desk.RequeueAsync(Queues.Operations, 10, default));
        Volatile.Write(ref isMended, true);
        Assert.Equal(1, await desk.RequeueAsync(Queues.Registry, 10, default));
        await handled.WaitAsync().Within("the requeued message");
        Assert.Empty(await desk.ErrorsAsync(null, 10, default));
    }

    [Fact]
    public async Task What_fails_again_comes_back_once_and_requeue_ends()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        var transport = new RabbitMqTransport(broker, "test");
        await transport.DeployAsync(1, default);
        var desk = new BrokerQueueDesk(broker);
        var seen = new SemaphoreSlim(0);
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Registry, e =>
        {
            transport.Configure(e, EndpointKind.Registry, 1);
            e.Handler<NodeProtocol.Left>(_ =>
            {
                seen.Release();
                throw new InvalidOperationException("still a defect");
            });
        }));
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(Queues.Registry));
        await endpoint.Send(new NodeProtocol.Left(new("n1"), "poison"));
        await seen.WaitAsync().Within("the first failure");
        await WaitForErrorsAsync(desk, 1);
        Assert.Equal(1, await desk.RequeueAsync(Queues.Registry, 10, default));
        await seen.WaitAsync().Within("the second failure");
        await WaitForErrorsAsync(desk, 1);
    }

    [Fact]
    public async Task Queues_are_listed_with_messages_and_consumers_and_missing_ones_left_out()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        var transport = new RabbitMqTransport(broker, "test");
        await transport.DeployAsync(2, default);
        await using var bus = await RunningBus.StartAsync(transport, b => b.ReceiveEndpoint(Queues.Registry, e =>
        {
            transport.Configure(e, EndpointKind.Registry, 1);
            e.Handler<NodeProtocol.Left>(_ => Task.CompletedTask);
        }));
        var endpoint = await bus.Control.GetSendEndpoint(transport.Address(Queues.Shard(1)));
        await endpoint.Send(new NodeProtocol.Left(new("n1"), "waits"));
        var states = await new BrokerQueueDesk(broker).ListAsync([Queues.Registry, Queues.Shard(1), "node.never-was"], default);
        Assert.Equal([new(Queues.Registry, 0, 1, 0), new(Queues.Shard(1), 1, 0, 0), new(Queues.Errors, 0, 0, 0)], states);
    }

    [Fact]
    public async Task Requeueing_into_a_queue_that_is_not_there_is_refused_in_words()
    {
        var broker = (await PrivateBroker.SharedAsync()).NewSpace();
        var refused = await Assert.ThrowsAsync<Depth3DException>(() => new BrokerQueueDesk(broker).RequeueAsync("node.never-was", 1, default));
        Assert.Contains("there is no queue 'node.never-was'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }

    private static async Task WaitForErrorsAsync(BrokerQueueDesk desk, int count)
    {
        // The bus moves a message after its handler has ended, so there is nothing to wait on but the queue itself.
        async Task Arrive()
        {
            while ((await desk.ErrorsAsync(null, 10, default)).Count != count) await Task.Yield();
        }

        await Arrive().Within("the error queue");
    }
}
