using System.Text.Json;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Depth3D.Bench.Messaging;

/// <summary>The same exchange with nothing but RabbitMQ.Client: the same queues, persistent JSON, confirms, acknowledgement after the answer.</summary>
internal sealed class BareExchange : IExchange
{
    private static readonly ClipId Clip = new("bench");
    private readonly IConnection _connection;
    private readonly IChannel _sending;
    private IChannel? _receiving;

    private BareExchange(IConnection connection, IChannel sending) => (_connection, _sending) = (connection, sending);

    public event Action<long>? Answered;

    public static async Task<IExchange> StartAsync(BrokerOptions broker)
    {
        await BrokerTopology.DeployAsync(broker, 1, CancellationToken.None);
        var exchange = await OpenAsync(broker, "bench");
        await exchange.ConsumeAsync(Queues.Shard(0), message =>
        {
            exchange.Answered?.Invoke(message.Epoch);
            return Task.CompletedTask;
        });
        return exchange;
    }

    public static async Task<IAsyncDisposable> StartWorkerAsync(BrokerOptions broker, string worker)
    {
        var exchange = await OpenAsync(broker, worker);
        var queue = Queues.Node(new(worker));
        await exchange._sending.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
            EndpointPolicy.Of(EndpointKind.Node).Arguments().ToDictionary());
        await exchange.ConsumeAsync(queue, message => exchange.PublishAsync(Queues.Shard(0), message));
        return exchange;
    }

    public Task SendAsync(string worker, long number) =>
        PublishAsync(Queues.Node(new(worker)), new TaskProtocol.Renew(Clip, new TaskId("work", 0), number));

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private static async Task<BareExchange> OpenAsync(BrokerOptions broker, string name)
    {
        var connection = await BrokerConnection.OpenAsync(broker, name, CancellationToken.None);
        var sending = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, new ThrottlingRateLimiter(1000)));
        return new BareExchange(connection, sending);
    }

    private async Task ConsumeAsync(string queue, Func<TaskProtocol.Renew, Task> handle)
    {
        var channel = _receiving = await _connection.CreateChannelAsync(
            new CreateChannelOptions(false, false, consumerDispatchConcurrency: ExchangeMeter.Prefetch));
        await channel.BasicQosAsync(0, ExchangeMeter.Prefetch, false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await handle(JsonSerializer.Deserialize<TaskProtocol.Renew>(delivery.Body.Span)!);
            await channel.BasicAckAsync(delivery.DeliveryTag, false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    private async Task PublishAsync(string queue, TaskProtocol.Renew message) =>
        await _sending.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { Persistent = true }, JsonSerializer.SerializeToUtf8Bytes(message));
}
