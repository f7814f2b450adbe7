using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// Queues and the error queue over the broker's own protocol, so that no management plugin is needed. One connection per call: operators
/// ask seldom. Guarantee of a requeue: at least once; a message leaves the error queue only when the broker has confirmed its copy.
/// </summary>
public sealed class BrokerQueueDesk(BrokerOptions broker) : IQueueDesk
{
    /// <summary>The most that is looked through for counting.</summary>
    private const int LookThrough = 1000;

    public async Task<IReadOnlyList<QueueState>> ListAsync(IEnumerable<string> queues, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation).ConfigureAwait(false);
        var errors = await ReadAsync(connection, null, LookThrough, cancellation).ConfigureAwait(false);
        var states = new List<QueueState>();
        foreach (var queue in queues.Append(Queues.Errors).Distinct())
        {
            if (await CountAsync(connection, queue, cancellation).ConfigureAwait(false) is not { } count) continue;
            states.Add(new(queue, count.MessageCount, (int)count.ConsumerCount, errors.Count(e => e.Queue == queue)));
        }

        return states;
    }

    public async Task<IReadOnlyList<QueueError>> ErrorsAsync(string? queue, int limit, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation).ConfigureAwait(false);
        return await ReadAsync(connection, queue, limit, cancellation).ConfigureAwait(false);
    }

    public async Task<int> RequeueAsync(string queue, int limit, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation).ConfigureAwait(false);
        if (await CountAsync(connection, queue, cancellation).ConfigureAwait(false) is null)
            throw new Depth3DException($"there is no queue '{queue}'", broker.ToString(), "depth3d queue list", FailureKind.Usage);
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        await using var channel = await connection.CreateChannelAsync(confirmed, cancellation).ConfigureAwait(false);
        var moved = 0;
        // Bounded by what lies there now: a message that is refused again comes back to the end of the same queue.
        for (var left = await LengthAsync(channel, cancellation).ConfigureAwait(false); left > 0 && moved < limit; left--)
        {
            if (await channel.BasicGetAsync(Queues.Errors, autoAck: false, cancellation).ConfigureAwait(false) is not { } message) break;
            if (ErrorHeaders.Read(message).Queue != queue) continue;
            await channel.BasicPublishAsync(queue, "", mandatory: true, ErrorHeaders.Without(message), message.Body, cancellation).ConfigureAwait(false);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation).ConfigureAwait(false);
            moved++;
        }

        return moved;
    }

    private Task<IConnection> OpenAsync(CancellationToken cancellation) => BrokerConnection.OpenAsync(broker, "queue desk", cancellation);

    private static async Task<QueueDeclareOk?> CountAsync(IConnection connection, string queue, CancellationToken cancellation)
    {
        // One channel each: the answer for a queue that does not exist closes it.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, cancellation).ConfigureAwait(false);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode is Constants.NotFound)
        {
            return null;
        }
    }

    /// <summary>Looks without taking: what is not acknowledged goes back when the channel closes.</summary>
    private static async Task<IReadOnlyList<QueueError>> ReadAsync(IConnection connection, string? queue, int limit, CancellationToken cancellation)
    {
        if (await CountAsync(connection, Queues.Errors, cancellation).ConfigureAwait(false) is null) return [];
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
        var errors = new List<QueueError>();
        while (errors.Count < limit && await channel.BasicGetAsync(Queues.Errors, autoAck: false, cancellation).ConfigureAwait(false) is { } message)
        {
            var error = ErrorHeaders.Read(message);
            if (queue is null || error.Queue == queue) errors.Add(error);
        }

        return errors;
    }

    private static async Task<long> LengthAsync(IChannel channel, CancellationToken cancellation)
    {
        try
        {
            return await channel.MessageCountAsync(Queues.Errors, cancellation).ConfigureAwait(false);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode is Constants.NotFound)
        {
            return 0;
        }
    }
}
