using System.Collections.Immutable;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster;

/// <summary>
/// A whole cluster in one process: the coordinator of a seed and one worker on a bus in memory. Puts them together, recovers the clips, and
/// takes everything apart in the order that loses nothing.
/// </summary>
internal sealed partial class EmbeddedParts(EmbeddedEngineOptions options, IReadOnlyList<Recipe> recipes, ILoggerFactory logs) : IAsyncDisposable
{
    /// <summary>Threads the pool makes at once beyond one per core; more come one by one.</summary>
    private const int MessageThreads = 8;

    private const int Shards = 1;

    private static readonly NodeId Name = new("embedded");

    /// <summary>Nobody watches these reports for silence: they renew leases, and say what the node offers.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    private FileLock? _lock;
    private ClusterBus? _bus;
    private WorkerNode? _worker;
    private ActiveCoordinator? _coordinator;
    private IJournal? _journal;
    private bool _disposed;

    public ArtifactStore Store { get; } = ArtifactStore.Open(options.StoreRoot);

    public IJournal Journal => _journal!;

    public ActiveCoordinator Coordinator => _coordinator!;

    public RecipeBook Recipes => Coordinator.Recipes;

    public SteadyClock Clock => Coordinator.Clock;

    public UpdateHub Updates => Coordinator.Updates;

    public ProgressBook Progress => Coordinator.Progress;

    public ClipRegistry Clips => Coordinator.Clips;

    public Driver Driver => Coordinator.Driver;

    public async Task StartAsync(CancellationToken cancellation)
    {
        _lock = StoreLock.Take(Path.Combine(Store.Paths.Engine, "lock"));
        EndLeftovers();
        KeepThreadsForMessages();
        _journal = options.WrapJournal(SqliteJournal.Open(Path.Combine(Store.Paths.Engine, "journal.db")));
        _bus = new ClusterBus(new InMemoryTransport(), options.TimeProvider, logs);
        await _bus.StartAsync(cancellation).ConfigureAwait(false);
        _coordinator = new ActiveCoordinator(CoordinatorOf(_bus, _journal));
        await _coordinator.AcquireAsync(cancellation).ConfigureAwait(false);
        var unfinished = await RecoverAsync(cancellation).ConfigureAwait(false);
        await _coordinator.StartAsync(cancellation).ConfigureAwait(false);
        _worker = WorkerOf(_bus);
        await _worker.StartAsync(cancellation).ConfigureAwait(false);
        _coordinator.Hear(_worker.Report());
        if (options.ResumeUnfinished) unfinished.ForEach(Driver.Activate);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        if (_coordinator is not null) await _coordinator.StopDrivingAsync().ConfigureAwait(false);
        if (_worker is not null) await _worker.DisposeAsync().ConfigureAwait(false);
        if (_coordinator is not null) await _coordinator.DisposeAsync().ConfigureAwait(false);
        if (_bus is not null) await _bus.DisposeAsync().ConfigureAwait(false);
        if (_journal is not null) await _journal.DisposeAsync().ConfigureAwait(false);
        _lock?.Dispose();
    }

    private CoordinatorSetup CoordinatorOf(ClusterBus bus, IJournal journal) => new()
    {
        Seed = Name,
        Bus = bus,
        Journal = journal,
        Store = Store,
        Recipes = recipes,
        Logs = logs,
        Time = options.TimeProvider,
        Timings = options.Coordinator,
        Shards = Shards,
        Nodes = NodeTimings.OneProcess,
        Scheduling = SchedulerOptions.OneProcess,
        WrapOutlet = options.WrapOutlet,
        ObservesProgress = true,
    };

    private WorkerNode WorkerOf(ClusterBus bus)
    {
        var stages = StageBook.Of(recipes);
        var slots = options.Slots.ToImmutableSortedDictionary();
        var parts = new WorkerParts
        {
            Node = Name,
            Coordinator = options.WrapCoordinator(new BusCoordinator(bus, clip => Queues.Clips(clip, Shards), options.Worker.Request)),
            Store = Store,
            Stages = stages,
            Executor = new InProcessExecutor(stages, Store, options.TimeProvider, options.Worker.Stop, logs.CreateLogger<InProcessExecutor>()),
            Slots = slots,
            Time = options.TimeProvider,
            Timings = options.Worker,
            Logs = logs,
            Probe = options.Probe,
        };
        var identity = new NodeIdentity(Name, ["preprocess", "trainer", "render"], NodeCapacities.Of(slots));
        return new WorkerNode(bus, identity, parts, new UsageMeter(Store.Paths.Engine), Heartbeat);
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

    private void EndLeftovers()
    {
        var ended = Leftovers.End(Store.Paths.Root);
        if (ended > 0) LogLeftovers(logs.CreateLogger<EmbeddedEngine>(), ended);
        Leftovers.Mark(Store.Paths.Root);
    }

    /// <summary>Stages that block or compute on pool threads must not hold up the messages that renew their leases.</summary>
    private static void KeepThreadsForMessages()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + MessageThreads), ports);
    }
}
