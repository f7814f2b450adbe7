using System.Threading.Channels;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>
/// One seed: stands for election, drives the cluster while it is the active one, and resigns when the broker or the journal says that it
/// no longer is. Guarantee: however many seeds run, the journal takes only what the last one that became active decides.
/// </summary>
public sealed partial class SeedHost : IActiveCoordinator, IAsyncDisposable
{
    private readonly SeedSetup _setup;
    private readonly ClusterBus _bus;
    private readonly Election _election;
    private readonly EventFeed _feed;
    private readonly ILogger _log;
    private readonly ArtifactStore _store;
    private readonly SteadyClock _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Signal> _signals = Channel.CreateUnbounded<Signal>(new UnboundedChannelOptions { SingleReader = true });
    private NodePresence? _presence;
    private BusQueue? _observers;
    private Task _loop = Task.CompletedTask;
    private volatile ActiveCoordinator? _active;
    private volatile string? _problem;

    private SeedHost(SeedSetup setup)
    {
        _setup = setup;
        _log = setup.Logs.CreateLogger<SeedHost>();
        _clock = new SteadyClock(setup.Time);
        _store = ArtifactStore.Open(setup.Options.StoreRoot);
        _bus = new ClusterBus(setup.Transport, setup.Time, setup.Logs);
        _feed = new EventFeed(_bus, Seed, setup.Time);
        _election = new Election(_bus, Seed, setup.Election, setup.Time, setup.Logs.CreateLogger<Election>());
        _election.Changed += elected => _signals.Writer.TryWrite(elected ? Signal.Elected.One : Signal.Lost.One);
    }

    public NodeId Seed => _setup.Options.Node;

    /// <summary>A worker in the same process holds the node's own name.</summary>
    private NodeId PresenceName => new($"{Seed}.seed");

    public ActiveCoordinator? Coordinator => _active;

    public SeedHealth Health => _active is var active && _bus.IsConnected
        ? new(active is not null, active?.Since, true, _problem)
        : new(active is not null, active?.Since, false, "the broker does not answer");

    /// <summary>Starts a seed; it returns while the election still runs.</summary>
    /// <exception cref="Depth3DException">The store cannot be used or the broker does not let this seed in.</exception>
    public static async Task<SeedHost> StartAsync(SeedSetup setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var host = new SeedHost(setup);
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

    public async Task<OperatorProtocol.Reply> AskAsync(OperatorProtocol.Request request, CancellationToken cancellation)
    {
        if (_active is { } active) return await OperatorCalls.AnswerAsync(_setup.Operators, active, request, cancellation).ConfigureAwait(false);
        try
        {
            return await _bus.AskAsync<OperatorProtocol.Request, OperatorProtocol.Reply>(Queues.Operations, request, _setup.Ask, cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogUnanswered(_log, request.Command, e.Message);
            return OperatorCalls.Unanswered(Seed);
        }
    }

    public IAsyncEnumerable<FeedProtocol.Item> WatchAsync(CancellationToken cancellation) => _feed.WatchAsync(cancellation);

    /// <summary>Resigns at once, so that another seed takes over without waiting, and leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _election.DisposeAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await ResignAsync("the seed stops").ConfigureAwait(false);
        if (_observers is not null) await _observers.DisposeAsync().ConfigureAwait(false);
        await _feed.DisposeAsync().ConfigureAwait(false);
        await _bus.DisposeAsync().ConfigureAwait(false);
        if (_presence is not null) await _presence.DisposeAsync().ConfigureAwait(false);
        await _setup.Journal.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        if (_setup.WatchesPresence)
        {
            _presence = await BrokerStart.WaitAsync(() => NodePresence.HoldAsync(_setup.Options.Broker, PresenceName, _setup.Time, _log, cancellation),
                _setup.Options.Broker, _setup.Time, _log, cancellation).ConfigureAwait(false);
        }

        await _setup.Transport.DeployAsync(_setup.Options.Shards, cancellation).ConfigureAwait(false);
        await _bus.StartAsync(cancellation).ConfigureAwait(false);
        await _feed.StartAsync(cancellation).ConfigureAwait(false);
        _observers = await _bus.ConnectAsync(Queues.ObserversOf(Seed.Value), EndpointKind.Observers, 1,
            endpoint => endpoint.Handler<TaskProtocol.Progress>(context => ObserveAsync(context.Message)), cancellation).ConfigureAwait(false);
        _loop = Task.Run(LoopAsync, CancellationToken.None);
        await _election.StartAsync(cancellation).ConfigureAwait(false);
    }

    private async Task LoopAsync()
    {
        try
        {
            await foreach (var signal in _signals.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false)) await HandleAsync(signal).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The seed stops.
        }
    }

    private Task HandleAsync(Signal signal) => signal switch
    {
        Signal.Elected when _active is null => ActivateAsync(),
        Signal.Lost => ResignAsync("no tick arrives"),
        Signal.Fenced fenced when fenced.Coordinator == _active => GiveUpAsync(fenced.Why),
        _ => Task.CompletedTask,
    };

    private async Task ActivateAsync()
    {
        var started = _setup.Time.GetTimestamp();
        var coordinator = new ActiveCoordinator(SetupOf());
        coordinator.Happened += _feed.Publish;
        coordinator.Fenced += why => _signals.Writer.TryWrite(new Signal.Fenced(coordinator, why));
        try
        {
            await coordinator.AcquireAsync(_stop.Token).ConfigureAwait(false);
            await coordinator.StartAsync(_stop.Token).ConfigureAwait(false);
            await coordinator.ResumeAsync(_stop.Token).ConfigureAwait(false);
            (_active, _problem) = (coordinator, null);
            LogActive(_log, Seed, _setup.Time.GetElapsedTime(started).TotalMilliseconds);
            _feed.Publish(FeedItems.Of(Seed, coordinator.Clock.Now, "seed-active", Seed, new { }));
        }
        catch (Exception e)
        {
            await coordinator.DisposeAsync().ConfigureAwait(false);
            if (_stop.IsCancellationRequested) throw;
            _problem = $"it cannot become active: {e.Message}";
            await GiveUpAsync(_problem).ConfigureAwait(false);
        }
    }

    /// <summary>Lets another seed go first, and stands by again.</summary>
    private async Task GiveUpAsync(string why)
    {
        await ResignAsync(why).ConfigureAwait(false);
        LogStepsDown(_log, Seed, why);
        try
        {
            await _election.StepDownAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Without its queue this seed can never be elected; trying again is all there is.
            LogNoElection(_log, Seed, e.Message);
            _signals.Writer.TryWrite(new Signal.Fenced(null, "it could not stand for election"));
        }
    }

    private async Task ResignAsync(string why)
    {
        if (_active is not { } active) return;
        _active = null;
        LogResigned(_log, Seed, why);
        _feed.Publish(FeedItems.Of(Seed, active.Clock.Now, "seed-resigned", Seed, new { why }));
        await active.DisposeAsync().ConfigureAwait(false);
    }

    private Task ObserveAsync(TaskProtocol.Progress report)
    {
        _feed.Show(FeedItems.Of(Seed, _clock.Now, report));
        return _active?.Answers.ProgressAsync(report, CancellationToken.None) ?? Task.CompletedTask;
    }

    private CoordinatorSetup SetupOf() => new()
    {
        Seed = Seed,
        Bus = _bus,
        Journal = _setup.Journal,
        Store = _store,
        Recipes = _setup.Recipes,
        Logs = _setup.Logs,
        Time = _setup.Time,
        Timings = _setup.Timings,
        Shards = _setup.Options.Shards,
        Operators = _setup.Operators,
        Nodes = _setup.Nodes,
        Scheduling = _setup.Scheduling,
        Presence = _setup.WatchesPresence
            ? () => new PresenceWatch(_setup.Options.Broker, Seed.Value, _setup.Time, _setup.Logs.CreateLogger<PresenceWatch>())
            : null,
    };

    private abstract record Signal
    {
        public sealed record Elected : Signal
        {
            public static readonly Elected One = new();
        }

        public sealed record Lost : Signal
        {
            public static readonly Lost One = new();
        }

        public sealed record Fenced(ActiveCoordinator? Coordinator, string Why) : Signal;
    }
}
