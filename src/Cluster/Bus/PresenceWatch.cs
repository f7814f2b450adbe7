using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Depth3D.Cluster.Hosting;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Depth3D.Cluster.Bus;

/// <summary>
/// The seed's side of <see cref="NodePresence"/>: asks the broker in short turns whether the queues of the watched nodes exist. A queue
/// that is missing means that its node's connection is gone. Facts only: a grace after an outage is for who hears them.
/// </summary>
public sealed partial class PresenceWatch : IAsyncDisposable
{
    /// <summary>A turn with few nodes.</summary>
    private static readonly TimeSpan ShortestTurn = TimeSpan.FromMilliseconds(300);

    /// <summary>With many nodes turns get longer, so that the broker has no more than a thousand questions a second.</summary>
    private static readonly TimeSpan TurnPerNode = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    private readonly BrokerOptions _broker;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<NodeId, bool> _isPresent = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <param name="name">Shown in the broker's list of connections: the seed's id.</param>
    public PresenceWatch(BrokerOptions broker, string name, TimeProvider time, ILogger log) =>
        (_broker, _name, _time, _log) = (broker, name, time, log);

    /// <summary>A watched node was there, or was just added, and is not there now. Raised once per loss; handlers return at once.</summary>
    public event Action<NodeId>? Gone;

    /// <summary>The watch's own connection came (true) or went (false). Nothing is known about any node while it is gone.</summary>
    public event Action<bool>? Connected;

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Begins to watch a node. Call it for every heartbeat: a node that was gone and speaks again counts as there.</summary>
    public void Watch(NodeId node) => _isPresent[node] = true;

    public void Forget(NodeId node) => _isPresent.TryRemove(node, out _);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends the connection, another one is opened.")]
    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await BrokerConnection.OpenAsync(_broker, $"{_name} watch", _stop.Token).ConfigureAwait(false);
                await AskAsync(connection).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                if (!_stop.IsCancellationRequested) LogNoBroker(_log, e.Message);
            }

            await PauseAsync(ShortestTurn, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(IConnection connection)
    {
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        await using var channel = await connection.CreateChannelAsync(confirmed, _stop.Token).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        connection.ConnectionShutdownAsync += (_, _) => EndAsync(ended);
        Connected?.Invoke(true);
        try
        {
            while (connection.IsOpen && !ended.IsCancellationRequested)
            {
                var nodes = _isPresent.Where(p => p.Value).Select(p => p.Key).ToArray();
                await Task.WhenAll(nodes.Select(node => AskAsync(channel, node))).WaitAsync(LongestAnswer, _time, ended.Token).ConfigureAwait(false);
                var turn = TurnPerNode * nodes.Length;
                await PauseAsync(turn > ShortestTurn ? turn : ShortestTurn, ended.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            Connected?.Invoke(false);
        }
    }

    private async Task AskAsync(IChannel channel, NodeId node)
    {
        try
        {
            // Mandatory: a queue that is not there sends it back. A life of 0: one that is there drops it at once.
            var message = new BasicProperties { Expiration = "0" };
            await channel.BasicPublishAsync("", Queues.Presence(node), mandatory: true, message, ReadOnlyMemory<byte>.Empty, _stop.Token)
                .ConfigureAwait(false);
        }
        catch (PublishException e) when (e.IsReturn)
        {
            if (_isPresent.TryUpdate(node, false, true)) Gone?.Invoke(node);
        }
    }

    private static async Task EndAsync(CancellationTokenSource ended)
    {
        try
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The watch has left this connection already.
        }
    }

    private Task PauseAsync(TimeSpan time, CancellationToken cancellation) =>
        Task.Delay(time, _time, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    [LoggerMessage(Level = LogLevel.Warning, Message = "no connection to watch nodes: {Reason}")]
    private static partial void LogNoBroker(ILogger logger, string reason);
}
