using System.Collections.Concurrent;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// A worker on a bus: takes hints, plans and orders from its own queue and hands them on at once, so that no message stays unanswered
/// while work runs. The same in a cluster and in an embedded engine.
/// </summary>
internal sealed partial class WorkerNode : IAsyncDisposable
{
    private const int Concurrency = 16;

    private readonly ClusterBus _bus;
    private readonly StagePlanner _planner;
    private readonly NodeReporter _reporter;
    private readonly NodeId _node;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly ConcurrentDictionary<(ClipId, StageName), Task> _planning = new();
    private BusQueue? _queue;

    public WorkerNode(ClusterBus bus, NodeIdentity identity, WorkerParts parts, UsageMeter usage, TimeSpan heartbeat)
    {
        (_bus, _node, _stopping) = (bus, identity.Node, _stop.Token);
        _log = parts.Logs.CreateLogger<WorkerNode>();
        Runner = new TaskRunner(parts);
        _planner = new StagePlanner(parts.Coordinator, parts.Store, parts.Stages, parts.DealsGpus, parts.Time, parts.Timings, parts.Logs.CreateLogger<StagePlanner>());
        _reporter = new NodeReporter(bus, identity, Runner, usage, parts.Time, heartbeat, parts.Logs.CreateLogger<NodeReporter>());
    }

    /// <summary>An operator wants the process to end, with the words to say so. Handlers return at once.</summary>
    public event Action<string>? LeaveAsked;

    public TaskRunner Runner { get; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        _queue = await _bus.ConnectAsync(Queues.Node(_node), EndpointKind.Node, Concurrency, Handle, cancellation).ConfigureAwait(false);
        Runner.Start();
        _reporter.Start();
    }

    /// <summary>What the node says of itself at this moment.</summary>
    public NodeProtocol.Heartbeat Report() => _reporter.Compose();

    /// <summary>Finishes what runs as long as the grace lasts, then gives back the rest; takes nothing new.</summary>
    /// <returns>False when something was left behind.</returns>
    public async Task<bool> DrainAsync(CancellationToken grace)
    {
        var done = await Runner.DrainAsync(grace).ConfigureAwait(false);
        await StopPlanningAsync().ConfigureAwait(false);
        return done;
    }

    public async ValueTask DisposeAsync()
    {
        if (_queue is not null) await _queue.DisposeAsync().ConfigureAwait(false);
        await StopPlanningAsync().ConfigureAwait(false);
        await Runner.DisposeAsync().ConfigureAwait(false);
        await _reporter.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Handle(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.Handler<TaskProtocol.Run>(context => Quick(() => Offer(context.Message)));
        endpoint.Handler<WorkerProtocol.Stop>(context => Quick(() => Runner.Stop(context.Message)));
        endpoint.Handler<PlanProtocol.Plan>(context => Quick(() => Plan(context.Message)));
        endpoint.Handler<NodeProtocol.Control>(context => Quick(() => Obey(context.Message)));
    }

    private static Task Quick(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private void Offer(TaskProtocol.Run message)
    {
        Runner.Offer(message);
        foreach (var further in message.More ?? []) Runner.Offer(further);
    }

    private void Plan(PlanProtocol.Plan message)
    {
        var key = (message.Clip, message.Stage);
        if (_stopping.IsCancellationRequested) return;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_planning.TryAdd(key, done.Task)) return;
        _ = Task.Run(async () =>
        {
            try
            {
                await _planner.PlanAsync(message, _stopping).ConfigureAwait(false);
            }
            finally
            {
                _planning.TryRemove(key, out Task? _);
                done.SetResult();
            }
        }, CancellationToken.None);
    }

    private void Obey(NodeProtocol.Control message)
    {
        LogOrder(_log, _node, message.Order, message.By, message.Reason);
        switch (message.Order)
        {
            case NodeOrder.Drain:
                Runner.Drain();
                break;
            case NodeOrder.Undrain:
                Runner.Undrain();
                break;
            case NodeOrder.Leave:
                LeaveAsked?.Invoke($"{message.By} asked it to leave{(message.Reason.Length > 0 ? $": {message.Reason}" : "")}");
                break;
        }
    }

    private async Task StopPlanningAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_planning.Values).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Node}: {Order}, ordered by {By}: {Reason}")]
    private static partial void LogOrder(ILogger logger, NodeId node, NodeOrder order, string by, string reason);
}
