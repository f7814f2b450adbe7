using System.Collections.Immutable;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster;

/// <summary>Puts an embedded engine together, recovers its clips, and takes it apart in the order that loses nothing.</summary>
internal sealed partial class EmbeddedParts(EmbeddedEngineOptions options, IReadOnlyList<Recipe> recipes, ILoggerFactory logs) : IAsyncDisposable
{
    private static readonly TimeSpan BusTime = TimeSpan.FromSeconds(30);

    /// <summary>Threads the pool makes at once beyond one per core; more come one by one.</summary>
    private const int MessageThreads = 8;

    /// <summary>One owner has all the shards there are.</summary>
    private const int Shards = 1;

    private readonly CancellationTokenSource _stop = new();
    private FileLock? _lock;
    private IBusControl? _bus;
    private TaskRunner? _runner;
    private Driver? _driver;
    private IJournal? _journal;
    private bool _disposed;

    public RecipeBook Recipes { get; } = new(recipes);

    public SteadyClock Clock { get; } = new(options.TimeProvider);

    public UpdateHub Updates { get; } = new();

    public ProgressBook Progress { get; } = new(options.TimeProvider);

    public ArtifactStore Store { get; } = ArtifactStore.Open(options.StoreRoot);

    public IJournal Journal => _journal!;

    public ClipRegistry Clips { get; private set; } = null!;

    public Driver Driver => _driver!;

    public async Task StartAsync(CancellationToken cancellation)
    {
        _lock = StoreLock.Take(Path.Combine(Store.Paths.Engine, "lock"));
        EndLeftovers();
        _journal = options.WrapJournal(SqliteJournal.Open(Path.Combine(Store.Paths.Engine, "journal.db")));
        Clips = new ClipRegistry(_journal, Clock, options.Coordinator);
        await Clips.AcquireAsync(Shards, $"embedded-{Environment.ProcessId}", cancellation).ConfigureAwait(false);
        Clips.Changed += OnChanged;
        Clips.Faulted += (_, fault) => Updates.Fail(fault);
        var unfinished = await RecoverAsync(cancellation).ConfigureAwait(false);
        await StartBusAsync(cancellation).ConfigureAwait(false);
        if (options.ResumeUnfinished) unfinished.ForEach(Driver.Activate);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        if (_driver is not null) await _driver.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_runner is not null) await _runner.DisposeAsync().ConfigureAwait(false);
        if (_bus is not null) await StopBusAsync(_bus).ConfigureAwait(false);
        if (_journal is not null) await _journal.DisposeAsync().ConfigureAwait(false);
        Updates.Fail(new OperationCanceledException("the engine stopped"));
        _lock?.Dispose();
        _stop.Dispose();
    }

    /// <summary>The lock is ours, so no attempt of an earlier process lives: its claims are taken back and its unpublished files go.</summary>
    private async Task<List<ClipId>> RecoverAsync(CancellationToken cancellation)
    {
        var running = new List<ClipId>();
        foreach (var known in await _journal!.ListAsync(cancellation).ConfigureAwait(false))
        {
            if (known.Phase == ClipPhase.Completed || !await TryRecoverAsync(known.Clip, cancellation).ConfigureAwait(false)) continue;
            if (known.Phase == ClipPhase.Running) running.Add(known.Clip);
        }

        return running;
    }

    private void EndLeftovers()
    {
        var ended = Leftovers.End(Store.Paths.Root);
        if (ended > 0) LogLeftovers(logs.CreateLogger<EmbeddedEngine>(), ended);
        Leftovers.Mark(Store.Paths.Root);
    }

    private async Task<bool> TryRecoverAsync(ClipId clip, CancellationToken cancellation)
    {
        try
        {
            await Clips.ApplyAsync(clip, new ClipCommand.ReleaseAll(Clock.Now, "its process is gone"), cancellation).ConfigureAwait(false);
            Store.RemoveTemporary(clip);
            return true;
        }
        catch (Depth3DException e)
        {
            // One damaged clip must not keep the others from running; submitting it says the same again.
            LogDamaged(logs.CreateLogger<EmbeddedEngine>(), clip, e.Message);
            return false;
        }
    }

    private async Task StartBusAsync(CancellationToken cancellation)
    {
        KeepThreadsForMessages();
        var transport = new InMemoryTransport();
        var node = new NodeId("embedded");
        var coordinator = new Coordinator(Clips, Clock, options.Coordinator);
        coordinator.Progressed += OnProgress;
        LogContext.ConfigureCurrentLogContext(BusLogs());
        _bus = transport.CreateBus(bus =>
        {
            // The bus exists once this callback is over; workers ask the coordinator through it.
            var link = options.WrapCoordinator(new BusCoordinator(new Lazy<IBus>(() => _bus!), transport, options.Worker.Request));
            var stages = StageBook.Of(recipes);
            _runner = new TaskRunner(new WorkerParts
            {
                Node = node,
                Coordinator = link,
                Store = Store,
                Stages = stages,
                Executor = new InProcessExecutor(stages, Store, options.TimeProvider, options.Worker.Stop, logs.CreateLogger<InProcessExecutor>()),
                Slots = options.Slots,
                Time = options.TimeProvider,
                Timings = options.Worker,
                Logs = logs,
                Probe = options.Probe,
            });
            var planner = new StagePlanner(link, Store, stages, options.TimeProvider, options.Worker, logs.CreateLogger<StagePlanner>());
            new CoordinatorEndpoints(coordinator).Configure(bus, transport);
            new WorkerEndpoints(node, _runner, planner, _stop.Token).Configure(bus, transport);
        });
        await _bus.StartAsync(cancellation).WaitAsync(BusTime, cancellation).ConfigureAwait(false);
        var nodes = new NodeRegistry(Clock, NodeTimings.OneProcess);
        nodes.Beat(OwnBeat(node));
        var outlet = options.WrapOutlet(new BusOutlet(_bus, transport, options.Worker.Request));
        _driver = new Driver(Clips, nodes, outlet, Clock, options.TimeProvider, options.Coordinator, SchedulerOptions.OneProcess, logs.CreateLogger<Driver>());
    }

    /// <summary>The one node there is.</summary>
    private NodeProtocol.Heartbeat OwnBeat(NodeId node)
    {
        var capacity = new NodeCapacity(options.Slots.ToImmutableSortedDictionary(), Environment.ProcessorCount, 0, []);
        return new(node, "1", 1, "", [], capacity, NodeCondition.Up, [], new NodeUsage(0, 0, 0, []), Environment.MachineName);
    }

    /// <summary>Stages that block or compute on pool threads must not hold up the messages that renew their leases.</summary>
    private static void KeepThreadsForMessages()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + MessageThreads), ports);
    }

    /// <summary>The bus logs every fault with its stack, which the engine reports in words; so it is heard only when somebody debugs.</summary>
    private ILoggerFactory BusLogs() => logs.CreateLogger("MassTransit").IsEnabled(LogLevel.Debug) ? logs : NullLoggerFactory.Instance;

    private async Task StopBusAsync(IBusControl bus)
    {
        try
        {
            await bus.StopAsync(CancellationToken.None).WaitAsync(BusTime).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogBusStuck(logs.CreateLogger<EmbeddedEngine>());
        }
    }

    private void OnChanged(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state)
    {
        foreach (var happened in events)
        {
            Progress.Note(clip, happened, state);
            if (happened.IsJournaled) Updates.Send(new ClipUpdate.Happened(clip, happened));
        }

        if (events.Any(e => e is ClipEvent.Completed or ClipEvent.Failed or ClipEvent.Cancelled)) Updates.End(clip);
    }

    private void OnProgress(TaskProtocol.Progress report)
    {
        Progress.Note(report);
        Updates.Send(new ClipUpdate.Progressed(report.Clip, report.Task, report.Epoch, report.Fraction, report.Message));
    }
}
