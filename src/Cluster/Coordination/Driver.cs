using System.Threading.Channels;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Coordination;

/// <summary>
/// Moves clips on. One loop follows what happens to clips and nodes, places tasks and sends hints for what the state says is missing:
/// stages to plan, tasks to claim. A hint that got lost is sent again, because the state still misses it. So a restart needs nothing but
/// the journal, and a lost node nothing but the release of its leases.
/// </summary>
public sealed partial class Driver : IAsyncDisposable
{
    /// <summary>Hints of one message.</summary>
    private const int HintsTogether = 64;

    private readonly ClipRegistry _clips;
    private readonly NodeRegistry _nodes;
    private readonly IWorkOutlet _outlet;
    private readonly SteadyClock _clock;
    private readonly CoordinatorTimings _timings;
    private readonly ILogger _log;
    private readonly Scheduler _scheduler;
    private readonly ClipFeed _feed;
    private readonly Admission _admission;
    private readonly FailureWatch _failures;
    private readonly HintSender _sender;
    private readonly Lock _gate = new();
    private readonly Dictionary<ClipId, DrivenClip> _driven = [];
    private readonly HashSet<ClipId> _unplanned = [];
    private readonly PriorityQueue<(ClipId Clip, TaskId Task, int Try), DateTimeOffset> _hints = new();
    private readonly PriorityQueue<ClipId, DateTimeOffset> _expiries = new();
    private readonly List<(ClipId Clip, ClipCommand Command)> _commands = [];
    private readonly List<TaskCompletionSource> _asked = [];
    private readonly Channel<DriverInput> _inputs = Channel.CreateUnbounded<DriverInput>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private DateTimeOffset _nextPassivation;
    private readonly ITimer _tick;
    private readonly Task _loop;

    public Driver(ClipRegistry clips, NodeRegistry nodes, IWorkOutlet outlet, SteadyClock clock, TimeProvider time, CoordinatorTimings timings,
        SchedulerOptions options, ILogger<Driver> log)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(timings);
        ArgumentNullException.ThrowIfNull(options);
        (_clips, _nodes, _outlet, _clock, _timings, _log) = (clips, nodes, outlet, clock, timings, log);
        _scheduler = new Scheduler(options);
        _feed = new ClipFeed(_scheduler);
        _admission = new Admission(_scheduler, options);
        _failures = new FailureWatch(options.CordonAfterClips);
        _sender = new HintSender(log);
        _clips.Changed += OnClip;
        _nodes.Changed += OnNode;
        foreach (var node in _nodes.List()) OnNode(new NodeChange.Heard(node, node.Beat?.Held ?? []));
        _tick = time.CreateTimer(_ => _inputs.Writer.TryWrite(DriverInput.Ticked.Instance), null, timings.Tick, timings.Tick);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Starts to move a clip on, from wherever its journal says it stands.</summary>
    public void Activate(ClipId clip) => _inputs.Writer.TryWrite(new DriverInput.Activated(clip));

    /// <summary>Why a clip, or one of its tasks, does not run.</summary>
    public async Task<IReadOnlyList<WaitReason>> ExplainAsync(ClipId clip, TaskId? task, CancellationToken cancellation)
    {
        var (state, nodes) = (await _clips.StateAsync(clip, cancellation).ConfigureAwait(false), _nodes.List());
        lock (_gate) return new ClipExplainer(_scheduler, _admission, nodes).Explain(clip, state, task);
    }

    /// <summary>Work and slots per pool, now.</summary>
    public IReadOnlyList<PoolLoad> Load()
    {
        lock (_gate) return _scheduler.Load;
    }

    /// <summary>Attempts that a node runs, as the journal has them.</summary>
    public IReadOnlyList<(ClipId Clip, TaskId Task, long Epoch, DateTimeOffset Since)> RunningOn(NodeId node)
    {
        lock (_gate) return _scheduler.RunningOn(node);
    }

    /// <summary>Completes when everything that happened so far was followed. For tests.</summary>
    internal Task IdleAsync()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inputs.Writer.TryWrite(new DriverInput.Asked(answer));
        return answer.Task;
    }

    /// <summary>Tells a node to drain, to take work again or to leave. It answers with its next heartbeat.</summary>
    public void Order(NodeId node, NodeOrder order, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        _sender.Post(c => _outlet.ControlAsync(node, new NodeProtocol.Control(node, order, actor.By, actor.Why), c));
    }

    public async ValueTask DisposeAsync()
    {
        _clips.Changed -= OnClip;
        _nodes.Changed -= OnNode;
        await _tick.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await _sender.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void OnClip(ClipId clip, IReadOnlyList<ClipEvent> events, ClipState state) =>
        _inputs.Writer.TryWrite(new DriverInput.ClipChanged(clip, events, state));

    private void OnNode(NodeChange change) => _inputs.Writer.TryWrite(new DriverInput.NodeChanged(change));

    private async Task LoopAsync()
    {
        while (await WaitAsync().ConfigureAwait(false))
        {
            try
            {
                while (_inputs.Reader.TryRead(out var input)) await TakeAsync(input).ConfigureAwait(false);
                await AdmitAsync().ConfigureAwait(false);
                Place();
                await CommandAsync().ConfigureAwait(false);
                Answer();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(_log, e);
            }
        }
    }

    private async Task<bool> WaitAsync()
    {
        try
        {
            return await _inputs.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task TakeAsync(DriverInput input)
    {
        switch (input)
        {
            case DriverInput.Activated activated:
                var state = await _clips.StateAsync(activated.Clip, _stop.Token).ConfigureAwait(false);
                lock (_gate) Follow(activated.Clip, [], state);
                break;
            case DriverInput.ClipChanged changed:
                lock (_gate) Follow(changed.Clip, changed.Events, changed.State);
                break;
            case DriverInput.NodeChanged changed:
                lock (_gate) Follow(changed.Change);
                break;
            case DriverInput.Asked asked:
                _asked.Add(asked.Answer);
                break;
            case DriverInput.Ticked:
                _nodes.Check();
                lock (_gate)
                {
                    Expire();
                    Remind();
                    Passivate();
                }

                break;
        }
    }

    /// <summary>What the loop decided to ask of clips; a refusal means that the clip has moved on meanwhile.</summary>
    private async Task CommandAsync()
    {
        var commands = _commands.ToArray();
        _commands.Clear();
        foreach (var (clip, command) in commands)
        {
            var decision = await _clips.ApplyAsync(clip, command, _stop.Token).ConfigureAwait(false);
            if (command is ClipCommand.ExpireLeases && decision.Events.Count > 0) LogExpired(_log, clip, decision.Events.Count);
        }
    }

    private void Answer()
    {
        // What the loop did may have changed clips again; whoever asks wants that followed too.
        if (_inputs.Reader.TryPeek(out _)) return;
        _asked.ForEach(a => a.TrySetResult());
        _asked.Clear();
    }

    private void Place()
    {
        lock (_gate)
        {
            var placements = _scheduler.Place(_clock.Now);
            foreach (var placement in placements) _hints.Enqueue((placement.Clip, placement.Task, placement.Try), _clock.Now + Wait(placement.Try));
            foreach (var node in placements.GroupBy(p => p.Node))
                foreach (var together in node.Chunk(HintsTogether)) Send(node.Key, together);
        }
    }

    /// <summary>What a node is given at one time goes in one message.</summary>
    private void Send(NodeId node, IReadOnlyList<Placement> placements)
    {
        var hints = placements.Select(p => new TaskProtocol.Run(p.Clip, p.Task, PoolOf(p))).ToArray();
        var message = hints.Length == 1 ? hints[0] : hints[0] with { More = hints[1..] };
        _sender.Post(c => _outlet.RunAsync(node, message, c));
    }

    private WorkerPool? PoolOf(Placement placement) => _driven.TryGetValue(placement.Clip, out var driven)
        ? driven.State.Stages[placement.Task.Stage].Spec.Pool
        : null;

    /// <summary>Finished clips leave memory; looked at only so often, because it looks at every clip.</summary>
    private void Passivate()
    {
        if (_clock.Now < _nextPassivation) return;
        _nextPassivation = _clock.Now + _timings.Idle / 2;
        _clips.Passivate(_timings.Idle);
    }

    private TimeSpan Wait(int tries) => _timings.Resend * Math.Pow(2, Math.Min(tries, 6));
}
