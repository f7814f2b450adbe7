using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// Says regularly what a node is and does, and at once when it begins or ceases to take work. A report that cannot go out is dropped: the
/// next one says the same.
/// </summary>
internal sealed partial class NodeReporter(
    ClusterBus bus, NodeIdentity identity, TaskRunner runner, UsageMeter usage, TimeProvider time, TimeSpan interval, ILogger<NodeReporter> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private Task _loop = Task.CompletedTask;
    private NodeCondition _said;
    private long _sequence;

    public void Start()
    {
        runner.Changed += OnChanged;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Ceases to report and says good-bye, which frees what the node held.</summary>
    public async ValueTask DisposeAsync()
    {
        runner.Changed -= OnChanged;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await TrySendAsync(new NodeProtocol.Left(identity.Node, identity.Session), CancellationToken.None).ConfigureAwait(false);
    }

    private void OnChanged()
    {
        if (runner.Condition != _said) Wake();
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private async Task LoopAsync()
    {
        await using var timer = time.CreateTimer(_ => Wake(), null, TimeSpan.Zero, interval).ConfigureAwait(false);
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stop.Token).ConfigureAwait(false);
                await TrySendAsync(Compose(), _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <summary>What the node says of itself at this moment.</summary>
    public NodeProtocol.Heartbeat Compose() => new(
        identity.Node, identity.Session, Interlocked.Increment(ref _sequence), identity.Version, identity.Roles, identity.Capacity, _said = runner.Condition, runner.Held,
        usage.Read(), identity.Host);

    private async Task TrySendAsync<TMessage>(TMessage message, CancellationToken cancellation)
        where TMessage : class
    {
        try
        {
            await bus.SendAsync(Queues.Registry, message, interval, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogNotSent(log, identity.Node, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Node}: a report did not reach the broker: {Reason}")]
    private static partial void LogNotSent(ILogger logger, NodeId node, string reason);
}
