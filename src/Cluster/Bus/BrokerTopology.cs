using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// Declares every queue that seeds and nodes share, before anybody sends: a message to a queue that does not exist is dropped in
/// silence, even with publisher confirms. Repeatable; each seed does it when it starts. A node's own queue is its own to declare.
/// </summary>
public static class BrokerTopology
{
    /// <exception cref="Depth3DException">A queue exists with other properties, or the user may not declare it.</exception>
    public static async Task DeployAsync(BrokerOptions broker, int shards, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(broker);
        await using var connection = await BrokerConnection.OpenAsync(broker, "topology", cancellation).ConfigureAwait(false);
        foreach (var (queue, kind) in SharedQueues(shards)) await DeclareAsync(connection, broker, queue, kind, cancellation).ConfigureAwait(false);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
        foreach (var exchange in new[] { Queues.Observers, Queues.Events }) await ExchangeAsync(channel, exchange, cancellation).ConfigureAwait(false);
    }

    /// <summary>The queues that a cluster with so many shards has, but for those of its nodes.</summary>
    internal static IEnumerable<(string Queue, EndpointKind Kind)> SharedQueues(int shards) =>
    [
        (Queues.Election, EndpointKind.Election),
        (Queues.Registry, EndpointKind.Registry),
        (Queues.Operations, EndpointKind.Operations),
        (Queues.Errors, EndpointKind.Errors),
        .. Enumerable.Range(0, shards).Select(shard => (Queues.Shard(shard), EndpointKind.Clips)),
    ];

    private static async Task DeclareAsync(
        IConnection connection, BrokerOptions broker, string queue, EndpointKind kind, CancellationToken cancellation)
    {
        // One channel each: a refusal closes it.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
        var arguments = EndpointPolicy.Of(kind).Arguments().ToDictionary();
        try
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation)
                .ConfigureAwait(false);
            await ExchangeAsync(channel, queue, cancellation).ConfigureAwait(false);
            await channel.QueueBindAsync(queue, queue, "", cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode is Constants.PreconditionFailed)
        {
            throw new Depth3DException($"the queue '{queue}' exists with other properties: {e.ShutdownReason.ReplyText}", broker.ToString(),
                $"delete it while no clip runs: rabbitmqctl delete_queue -p {broker.VirtualHost} {queue}", FailureKind.Usage, e);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode is Constants.AccessRefused)
        {
            throw new Depth3DException($"user '{broker.User}' may not declare the queue '{queue}'", broker.ToString(),
                $"rabbitmqctl set_permissions -p {broker.VirtualHost} {broker.User} '.*' '.*' '.*'", FailureKind.Usage, e);
        }
    }

    /// <summary>Named as its queue, as the bus does it.</summary>
    private static Task ExchangeAsync(IChannel channel, string name, CancellationToken cancellation) =>
        channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellation);
}
