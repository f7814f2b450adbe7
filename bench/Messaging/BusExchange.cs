using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using MassTransit;

namespace Depth3D.Bench.Messaging;

/// <summary>The exchange over this project's transport: its queues, its guard, its message versions.</summary>
internal sealed class BusExchange : IExchange
{
    private static readonly ClipId Clip = new("bench");
    private readonly IClusterTransport _transport;
    private readonly IBusControl _bus;

    private BusExchange(IClusterTransport transport, string receives, EndpointKind kind, Func<BusExchange, TaskProtocol.Renew, Task> handle)
    {
        _transport = transport;
        _bus = transport.CreateBus(bus => bus.ReceiveEndpoint(receives, endpoint =>
        {
            transport.Configure(endpoint, kind, ExchangeMeter.Prefetch);
            endpoint.Handler<TaskProtocol.Renew>(context => handle(this, context.Message));
        }));
    }

    public event Action<long>? Answered;

    public static async Task<IExchange> StartAsync(BrokerOptions broker)
    {
        var transport = new RabbitMqTransport(broker, "bench");
        await transport.DeployAsync(1, CancellationToken.None);
        var exchange = new BusExchange(transport, Queues.Shard(0), EndpointKind.Clips, (self, message) =>
        {
            self.Answered?.Invoke(message.Epoch);
            return Task.CompletedTask;
        });
        await exchange._bus.StartAsync();
        return exchange;
    }

    /// <summary>A worker: answers every hint.</summary>
    public static async Task<IAsyncDisposable> StartWorkerAsync(BrokerOptions broker, string worker)
    {
        var exchange = new BusExchange(new RabbitMqTransport(broker, worker), Queues.Node(new(worker)), EndpointKind.Node,
            (self, message) => self.SendToAsync(Queues.Shard(0), message));
        await exchange._bus.StartAsync();
        return exchange;
    }

    public Task SendAsync(string worker, long number) =>
        SendToAsync(Queues.Node(new(worker)), new TaskProtocol.Renew(Clip, new TaskId("work", 0), number));

    public async ValueTask DisposeAsync() => await _bus.StopAsync();

    private async Task SendToAsync(string queue, TaskProtocol.Renew message) =>
        await (await _bus.GetSendEndpoint(_transport.Address(queue))).Send(message);
}
