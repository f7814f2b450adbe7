using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// What drives the cluster: the clips' entities, the driver and the queues that lead to them. Made when a seed becomes active and disposed
/// when it resigns; the next one starts from the journal. Guarantee: it changes nothing but through the journal, which refuses it once
/// another has taken over.
/// </summary>
public sealed class ActiveCoordinator : IAsyncDisposable
{
    private readonly CoordinatorSetup _setup;
    private readonly List<BusQueue> _queues = [];
    private Driver? _driver;
    private NodeWatch? _watch;
    private StandingKeeper? _standings;
    private bool _isDriving = true;
    private bool _disposed;

    internal ActiveCoordinator(CoordinatorSetup setup)
    {
        _setup = setup;
        Clock = new SteadyClock(setup.Time);
        Since = Clock.Now;
        Recipes = new RecipeBook(setup.Recipes);
        Progress = new ProgressBook(setup.Time);
        Nodes = new NodeRegistry(Clock, setup.Nodes);
        Clips = new ClipRegistry(setup.Journal, Clock, setup.Timings);
        Clips.Changed += OnChanged;
        Clips.Faulted += (_, fault) => Fail(fault);
        Answers = new Coordinator(Clips, Clock, setup.Timings);
        Answers.Progressed += OnProgress;
    }

    /// <summary>Raised for everything that happens; handlers return at once.</summary>
    internal event Action<FeedProtocol.Item>? Happened;

    /// <summary>Raised with the reason when the journal says that another has taken over. Handlers return at once.</summary>
    internal event Action<string>? Fenced;

    public NodeId Seed => _setup.Seed;

    /// <summary>When it became active.</summary>
    public DateTimeOffset Since { get; }

    public SteadyClock Clock { get; }

    public CoordinatorTimings Timings => _setup.Timings;

    public IJournal Journal => _setup.Journal;

    public ArtifactStore Store => _setup.Store;

    public ClipRegistry Clips { get; }

    public NodeRegistry Nodes { get; }

    public Driver Driver => _driver ?? throw new InvalidOperationException("the coordinator has not started");

    internal Coordinator Answers { get; }

    internal RecipeBook Recipes { get; }

    internal ProgressBook Progress { get; }

    internal UpdateHub Updates { get; } = new();

    /// <summary>Becomes the one whose decisions the journal stores. Call it before anything else.</summary>
    internal Task AcquireAsync(CancellationToken cancellation) => Clips.AcquireAsync(_setup.Shards, Seed.Value, cancellation);

    internal async Task StartAsync(CancellationToken cancellation)
    {
        _standings = await StandingKeeper.StartAsync(Nodes, Journal, _setup.Logs.CreateLogger<StandingKeeper>(), cancellation).ConfigureAwait(false);
        var outlet = new BusOutlet(_setup.Bus.Bus, _setup.Bus.Transport, _setup.Send);
        _driver = new Driver(Clips, Nodes, _setup.WrapOutlet(outlet), Clock, _setup.Time, Timings, _setup.Scheduling, _setup.Logs.CreateLogger<Driver>());
        _watch = new NodeWatch(Seed, Nodes, Clock, _setup.Presence?.Invoke(), item => Happened?.Invoke(item));
        _queues.AddRange(await CoordinatorQueues.ConnectAsync(this, _setup, cancellation).ConfigureAwait(false));
    }

    /// <summary>Goes on with every clip that its predecessor left unfinished.</summary>
    internal async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var known in await Journal.UnfinishedAsync(cancellation).ConfigureAwait(false)) Driver.Activate(known.Clip);
    }

    /// <summary>Takes in what a node says of itself.</summary>
    internal void Hear(NodeProtocol.Heartbeat beat) => Nodes.Beat(beat);

    /// <summary>Places nothing more; messages are still answered, so that workers can give back what they hold.</summary>
    internal async Task StopDrivingAsync()
    {
        if (_isDriving is false || _driver is null) return;
        _isDriving = false;
        await _driver.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await StopDrivingAsync().ConfigureAwait(false);
        if (_watch is not null) await _watch.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_queues.Select(q => q.DisposeAsync().AsTask())).ConfigureAwait(false);
        if (_standings is not null) await _standings.DisposeAsync().ConfigureAwait(false);
        Updates.Fail(new OperationCanceledException("the coordinator stopped"));
    }

    private void Fail(Exception fault)
    {
        Updates.Fail(fault);
        if (fault is JournalConflictException or StaleOwnerException) Fenced?.Invoke(fault.Message);
    }

    private void OnChanged(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state)
    {
        foreach (var happened in events)
        {
            Progress.Note(clip, happened, state);
            if (!happened.IsJournaled) continue;
            Updates.Send(new ClipUpdate.Happened(clip, happened));
            Happened?.Invoke(FeedItems.Of(Seed, clip, happened));
        }

        if (events.Any(e => e is ClipEvent.Completed or ClipEvent.Failed or ClipEvent.Cancelled)) Updates.End(clip);
    }

    private void OnProgress(TaskProtocol.Progress report)
    {
        Progress.Note(report);
        Updates.Send(new ClipUpdate.Progressed(report.Clip, report.Task, report.Epoch, report.Fraction, report.Message));
    }
}
