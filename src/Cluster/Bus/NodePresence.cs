using System.Diagnostics.CodeAnalysis;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// A node's proof that it is alive: an exclusive queue on a connection of its own, which the broker removes in the moment the process
/// dies. It also makes the node's id unique. A lost connection is opened again for as long as this object lives.
/// </summary>
public sealed partial class NodePresence : IAsyncDisposable
{
    /// <summary>Between two tries to get the queue.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a starting node waits for a broker that may not have noticed yet that its predecessor died.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(3);

    private readonly BrokerOptions _broker;
    private readonly NodeId _node;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _displaced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _keeping = Task.CompletedTask;

    private NodePresence(BrokerOptions broker, NodeId node, TimeProvider time, ILogger log) =>
        (_broker, _node, _time, _log) = (broker, node, time, log);

    /// <summary>Ends when another process has taken the id while the connection was lost: stop working, in these words.</summary>
    public Task<string> Displaced => _displaced.Task;

    /// <summary>Whether the broker holds the queue for this process at this moment.</summary>
    public bool IsHeld { get; private set; }

    /// <exception cref="Depth3DException">Another process runs under this id, or the broker does not answer or not let this node in.</exception>
    public static async Task<NodePresence> HoldAsync(
        BrokerOptions broker, NodeId node, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var presence = new NodePresence(broker, node, time, log);
        var asked = time.GetTimestamp();
        while (true)
        {
            if (await presence.TryOpenAsync(cancellation).ConfigureAwait(false) is { } connection)
            {
                presence._keeping = presence.KeepAsync(connection);
                return presence;
            }

            if (time.GetElapsedTime(asked) > StartPatience) throw presence.Taken();
            await Task.Delay(Again, time, cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        _stop.Dispose();
    }

    private Depth3DException Taken() => new(
        $"another process is running as node '{_node}'", _broker.ToString(),
        "give this one another id with --node, or stop the other one", FailureKind.Usage);

    /// <returns>Null when the queue belongs to another connection.</returns>
    private async Task<IConnection?> TryOpenAsync(CancellationToken cancellation)
    {
        var connection = await BrokerConnection.OpenAsync(_broker, $"{_node} presence", cancellation).ConfigureAwait(false);
        try
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellation).ConfigureAwait(false);
            await channel.QueueDeclareAsync(Queues.Presence(_node), durable: false, exclusive: true, autoDelete: true,
                new Dictionary<string, object?> { ["x-max-length"] = 1 }, cancellationToken: cancellation).ConfigureAwait(false);
            IsHeld = true;
            return connection;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.ResourceLocked)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task KeepAsync(IConnection connection)
    {
        IConnection? held = connection;
        while (held is not null)
        {
            var reason = await EndOfAsync(held).ConfigureAwait(false);
            IsHeld = false;
            await held.DisposeAsync().ConfigureAwait(false);
            if (_stop.IsCancellationRequested) return;
            LogLost(_log, _node, reason);
            held = await OpenAgainAsync().ConfigureAwait(false);
            if (held is not null) LogHeld(_log, _node);
        }
    }

    private async Task<string> EndOfAsync(IConnection connection)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, e) =>
        {
            ended.TrySetResult(e.ReplyText);
            return Task.CompletedTask;
        };
        if (!connection.IsOpen) return "closed";
        await using var stopping = _stop.Token.Register(() => ended.TrySetResult("the node stops"));
        return await ended.Task.ConfigureAwait(false);
    }

    /// <returns>Null when this object is disposed, or the id belongs to another process now.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps it from connecting now may pass.")]
    private async Task<IConnection?> OpenAgainAsync()
    {
        // A broker that has not noticed yet that the old connection died refuses for two to two and a half heartbeats.
        var patience = _broker.Heartbeat * 4;
        long? refused = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (await TryOpenAsync(_stop.Token).ConfigureAwait(false) is { } connection) return connection;
                refused ??= _time.GetTimestamp();
                if (_time.GetElapsedTime(refused.Value) > patience)
                {
                    _displaced.TrySetResult(Taken().Message);
                    return null;
                }
            }
            catch (Exception)
            {
                refused = null;
            }

            await Task.Delay(Again, _time, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "node {Node}: the presence connection is lost ({Reason}); opening it again")]
    private static partial void LogLost(ILogger logger, NodeId node, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "node {Node}: present again")]
    private static partial void LogHeld(ILogger logger, NodeId node);
}
