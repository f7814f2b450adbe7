using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Scheduling;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// One worker process: holds its name at the broker, takes work from its queue, reports what it does. Guarantee: what it was granted it
/// computes and reports, over broker and seed outages; what it is refused it stops.
/// </summary>
public sealed partial class WorkerHost : IAsyncDisposable
{
    private readonly WorkerSetup _setup;
    private readonly NodeGround _ground;
    private readonly ClusterBus _bus;
    private readonly WorkerNode _worker;
    private readonly ILogger _log;
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NodePresence? _presence;
    private bool _disposed;

    private WorkerHost(WorkerSetup setup, NodeGround ground)
    {
        (_setup, _ground) = (setup, ground);
        _log = setup.Logs.CreateLogger<WorkerHost>();
        Capacity = NodeCapacities.Of(setup.Options, setup.Stages) with { Gpus = ground.Gpus.Gpus };
        _bus = new ClusterBus(setup.Transport, setup.Time, setup.Logs);
        var identity = new NodeIdentity(Node, setup.Options.Roles, Capacity);
        _worker = new WorkerNode(_bus, identity, PartsOf(), new UsageMeter(setup.Options.StateFolder), setup.Heartbeat);
        _worker.LeaveAsked += reason => _ended.TrySetResult(reason);
    }

    public NodeId Node => _setup.Options.Node;

    public NodeCapacity Capacity { get; }

    public NodeCondition Condition => _worker.Runner.Condition;

    /// <summary>What it runs, and what it has run and not yet reported.</summary>
    public IReadOnlyList<HeldTask> Held => _worker.Runner.Held;

    public bool IsBusConnected => _bus.IsConnected;

    /// <summary>Completes with the reason when this process should drain and end: an operator wants it, or its name belongs to another.</summary>
    public Task<string> Ended => _ended.Task;

    /// <exception cref="Depth3DException">Another process runs under this id or holds a GPU that this one was to use, or the store or the broker cannot be used.</exception>
    public static async Task<WorkerHost> StartAsync(WorkerSetup setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var usesGpus = NodeCapacities.Of(setup.Options, setup.Stages).Slots.Keys.Any(pool => pool is WorkerPool.PreprocessGpu or WorkerPool.Trainer);
        var ground = await NodeGround.TakeAsync(setup.Options.StateFolder, usesGpus, setup.Options.Gpus, setup.GpuLister,
            setup.Logs.CreateLogger<NodeGround>(), cancellation).ConfigureAwait(false);
        var host = new WorkerHost(setup, ground);
        try
        {
            await host.StartAsync(cancellation).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes nothing new, finishes what runs as long as the grace lasts, gives back the rest, and says good-bye.</summary>
    /// <returns>False when something was left behind.</returns>
    public async Task<bool> DrainAsync(CancellationToken grace)
    {
        LogDraining(_log, Node, Held.Count);
        return await _worker.DrainAsync(grace).ConfigureAwait(false);
    }

    /// <summary>Stops at once what still runs and gives it back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _worker.DisposeAsync().ConfigureAwait(false);
        await _bus.DisposeAsync().ConfigureAwait(false);
        if (_presence is not null) await _presence.DisposeAsync().ConfigureAwait(false);
        _ground.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        if (_setup.HoldsPresence)
        {
            _presence = await BrokerStart.WaitAsync(() => NodePresence.HoldAsync(_setup.Options.Broker, Node, _setup.Time, _log, cancellation),
                _setup.Options.Broker, _setup.Time, _log, cancellation).ConfigureAwait(false);
            _ = _presence.Displaced.ContinueWith(words => _ended.TrySetResult(words.Result), CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }

        await _bus.StartAsync(cancellation).ConfigureAwait(false);
        await _worker.StartAsync(cancellation).ConfigureAwait(false);
        LogStarted(_log, Node, string.Join(", ", Capacity.Slots.Select(s => $"{Pools.Name(s.Key)} {s.Value}")));
    }

    private WorkerParts PartsOf()
    {
        var store = ArtifactStore.Open(_setup.Options.StoreRoot, _setup.Visibility);
        return new WorkerParts
        {
            Node = Node,
            Coordinator = new BusCoordinator(_bus, clip => Queues.Clips(clip, _setup.Options.Shards), _setup.Timings.Request),
            Store = store,
            Stages = _setup.Stages,
            Executor = ExecutorOf(store),
            Outbox = new FileOutbox(Path.Combine(_setup.Options.StateFolder, "outbox"), _setup.Logs.CreateLogger<FileOutbox>()),
            KeepsLogs = true,
            DealsGpus = true,
            Mask = new SecretMask([_setup.Options.Broker.Password]),
            StateFolder = _setup.Options.StateFolder,
            Slots = Capacity.Slots,
            Gpus = Capacity.Gpus,
            Time = _setup.Time,
            Timings = _setup.Timings,
            Logs = _setup.Logs,
            Probe = _setup.Probe,
        };
    }

    private ITaskExecutor ExecutorOf(ArtifactStore store)
    {
        if (_setup.Options.InProcess)
            return new InProcessExecutor(_setup.Stages, store, _setup.Time, _setup.Timings.Stop, _setup.Logs.CreateLogger<InProcessExecutor>());
        var options = new ChildOptions
        {
            Command = _setup.Child ?? ChildCommand.OfThisProgram(),
            StateFolder = _setup.Options.StateFolder,
            MemoryBytes = Capacity.MemoryBytes,
            Cores = NodeCapacities.CoresOf(Capacity.Slots),
            Stop = _setup.Timings.Stop,
            Silence = _setup.Timings.Silence,
        };
        return new ChildExecutor(options, _setup.Time, _setup.Logs.CreateLogger<ChildExecutor>());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "node {Node} takes work: {Slots}")]
    private static partial void LogStarted(ILogger logger, NodeId node, string slots);

    [LoggerMessage(Level = LogLevel.Information, Message = "node {Node} drains; {Held} tasks in hand")]
    private static partial void LogDraining(ILogger logger, NodeId node, int held);
}
