using System.Collections.Immutable;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Fixtures.Simulation;

/// <summary>
/// A whole cluster on a clock of its own: the real scheduler, node registry and clip entities; nodes, tasks and messages are numbers.
/// Everything that happens is an entry of one queue by time, so a run is the same every time.
/// </summary>
public sealed class ClusterSimulation
{
    private static readonly TimeSpan Message = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromDays(1);

    private const int MemoryLooks = 8;

    private readonly SimulationPlan _plan;
    private readonly SimulatedTime _time = new();
    private readonly SteadyClock _clock;
    private readonly Random _random;
    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private readonly Dictionary<ClipId, (SimulatedClip Clip, ClipState State)> _clips = [];
    private readonly Dictionary<NodeId, SimulatedNode> _nodes = [];
    private readonly Dictionary<ClipPhase, int> _ended = [];
    private readonly NodeRegistry _registry;
    private readonly Scheduler _scheduler;
    private readonly ClipFeed _feed;
    private readonly Admission _admission;
    private readonly ShareMeter _shares;
    private readonly InversionMeter _inversions = new();
    private readonly int _urgent;
    private long _order;
    private int _attempts, _accepted, _deaths, _wrong, _submitted, _mostInProgress;
    private long _peakBytes;
    private TimeSpan _inProgressTime;

    public ClusterSimulation(SimulationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _clock = new SteadyClock(_time);
        _random = new Random(plan.Seed);
        _urgent = (int)(plan.Clips * plan.Urgent);
        _shares = new ShareMeter(plan.ProjectWeights);
        _registry = new NodeRegistry(_clock, new NodeTimings { Grace = TimeSpan.Zero, Silence = TimeSpan.MaxValue });
        _registry.Changed += OnNode;
        var options = new SchedulerOptions
        {
            ProjectWeights = plan.ProjectWeights.Select((w, i) => (w, i)).ToImmutableSortedDictionary(p => SimulatedClip.NameOf(p.i), p => p.w),
        };
        _scheduler = new Scheduler(options);
        _admission = new Admission(_scheduler, options);
        _feed = new ClipFeed(_scheduler);
    }

    private int InProgress => _clips.Count - _admission.WaitingCount;

    /// <summary>Runs until every clip has ended.</summary>
    public SimulationResult Run()
    {
        var (before, paused) = (ThreadTime.Now, GC.GetTotalPauseDuration());
        for (var i = 0; i < _plan.Nodes; i++) Add(new SimulatedNode(i, _plan.Nodes));
        for (var i = 0; i < _plan.Clips - _urgent; i++) Submit(new SimulatedClip(i, _plan, isUrgent: false));
        for (var i = _plan.Clips - _urgent; i < _plan.Clips; i++) SubmitLater(i);
        while (_ended.Values.Sum() < _plan.Clips && _events.TryDequeue(out var happens, out var at))
        {
            _inProgressTime += (at.At - _time.Now) * InProgress;
            _time.Now = at.At;
            happens();
            Admit();
            Place();
        }

        return Result(ThreadTime.Now - before, GC.GetTotalPauseDuration() - paused);
    }

    private SimulationResult Result(TimeSpan processor, TimeSpan collecting) => new()
    {
        Tasks = _accepted,
        Clips = _ended,
        Attempts = _attempts,
        NodeDeaths = _deaths,
        Wrong = _wrong,
        Lasted = _time.Now,
        Processor = processor,
        Collecting = collecting,
        PeakBytes = _peakBytes,
        ShareError = _shares.Error(),
        SharedTime = _shares.Total,
        LongestInversion = _inversions.Longest,
        Overtaken = _inversions.Overtaken,
        LongestTask = _plan.LongestTask,
        MostInProgress = _mostInProgress,
        MeanInProgress = _inProgressTime / _time.Now,
    };

    private void At(TimeSpan after, Action happens) => _events.Enqueue(happens, (_time.Now + after, _order++));

    private void Add(SimulatedNode node)
    {
        _nodes[node.Id] = node;
        At(TimeSpan.Zero, () => Come(node));
    }

    private void Come(SimulatedNode node)
    {
        _registry.Beat(node.Come());
        if (_plan.NodeLife is { } life) At(life * -Math.Log(1 - _random.NextDouble()), () => Die(node));
    }

    private void Die(SimulatedNode node)
    {
        _deaths++;
        node.Die();
        _registry.PresenceLost(node.Id);
        At(_plan.NodeAway, () => Come(node));
    }

    /// <summary>As the driver does: a lost node's leases are released at once.</summary>
    private void OnNode(NodeChange change)
    {
        if (change.Node.Beat is { } beat) _scheduler.SetNode(change.Node.Id, beat.Capacity, change.Node.TakesWork);
        if (change is not NodeChange.Lost) return;
        foreach (var (clip, task, epoch, _) in _scheduler.RunningOn(change.Node.Id)) Apply(clip, new ClipCommand.Release(_clock.Now, task, epoch, "its node is gone"));
    }

    private void Submit(SimulatedClip clip) => At(TimeSpan.Zero, () =>
    {
        _submitted++;
        _clips[clip.Id] = (clip, ClipState.Empty);
        Apply(clip.Id, clip.Submit(_clock.Now));
    });

    private void SubmitLater(int index) => At(_plan.LongestTask * (2 + 8 * _random.NextDouble()), () => Submit(new SimulatedClip(index, _plan, isUrgent: true)));

    private Decision Apply(ClipId id, ClipCommand command)
    {
        var (clip, before) = _clips[id];
        var decision = ClipEntity.Decide(before, command);
        if (decision.Events.Count == 0) return decision;
        var state = before;
        for (var i = 0; i < decision.Events.Count; i++) state = ClipEntity.Evolve(state, decision.Events[i]);
        _clips[id] = (clip, state);
        _feed.Apply(id, decision.Events, state, _clock.Now);
        for (var i = 0; i < decision.Events.Count; i++) Follow(clip, decision.Events[i], before, state);
        if (state.Phase is not ClipPhase.Running) End(clip, state);
        return decision;
    }

    private void Follow(SimulatedClip clip, ClipEvent happened, ClipState before, ClipState state)
    {
        switch (happened)
        {
            case ClipEvent.Submitted:
                _admission.HasTurn(clip.Id, state);
                break;
            case ClipEvent.StagePlanned e:
                _admission.Planned(clip.Id, state.Stages[e.Stage].Spec.Pool, e.Tasks.Count, _clock.Now);
                foreach (var id in state.Open(state.Stages[e.Stage].Spec.Pool).Where(id => id.Stage == e.Stage)) Opened(clip, id, state);
                break;
            case ClipEvent.Claimed e:
                Runs(clip, e.Task, state, 1);
                break;
            case ClipEvent.TaskCompleted e:
                _accepted++;
                if (_accepted % Math.Max(_plan.Clips * _plan.TasksPerClip / MemoryLooks, 1) == 0) LookAtMemory();
                if (before.Tasks[e.Task].IsSettled) _wrong++;
                Runs(clip, e.Task, state, -1);
                var next = e.Task with { TaskIndex = e.Task.TaskIndex + 1 };
                if (state.Tasks.TryGetValue(next, out var link) && link.Plan.AfterPrevious) Opened(clip, next, state);
                if (state.Stages[e.Task.Stage].IsComplete) PlanNext(clip, state);
                break;
            case ClipEvent.TaskFailed e:
                Runs(clip, e.Task, state, -1);
                if (e.WillRetry) Opened(clip, e.Task, state);
                break;
            case ClipEvent.Released e:
                Runs(clip, e.Task, state, -1);
                Opened(clip, e.Task, state);
                break;
        }
    }

    /// <summary>As the last collection left it: one made only to look would take work off those that are measured.</summary>
    private void LookAtMemory() => _peakBytes = Math.Max(_peakBytes, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);

    private void PlanNext(SimulatedClip clip, ClipState state)
    {
        foreach (var stage in state.Plannable) At(Message * 2, () => Apply(clip.Id, clip.Plan(_clock.Now, stage)));
    }

    private void Opened(SimulatedClip clip, TaskId task, ClipState state)
    {
        var pool = state.Stages[task.Stage].Spec.Pool;
        if (!clip.IsUrgent) _shares.Waiting(pool, clip.Project, 1, _time.Now);

        // One that failed may wait by its own will: for another node than the one that is free.
        else if (state.Tasks[task].Failures.IsEmpty) _inversions.Offered(pool, clip.Id, task, _time.Now);
    }

    private void Runs(SimulatedClip clip, TaskId task, ClipState state, int change)
    {
        var pool = state.Stages[task.Stage].Spec.Pool;
        if (clip.IsUrgent) return;
        _inversions.LowerRuns(pool, change);
        _shares.Running(pool, clip.Project, change, _time.Now);
        if (change > 0) _shares.Waiting(pool, clip.Project, -1, _time.Now);
    }

    private void End(SimulatedClip clip, ClipState state)
    {
        _ended[state.Phase] = _ended.GetValueOrDefault(state.Phase) + 1;
        if (state.Phase == ClipPhase.Completed) _wrong += _plan.TasksPerClip - state.Tasks.Values.Count(t => t.Phase == TaskPhase.Done);
        _clips.Remove(clip.Id);
        _admission.Forget(clip.Id);
    }

    /// <summary>As the driver does: whose turn has come is planned.</summary>
    private void Admit()
    {
        while (_admission.Next(_clock.Now) is { } id) PlanNext(_clips[id].Clip, _clips[id].State);
        _mostInProgress = Math.Max(_mostInProgress, InProgress);
    }

    private void Place()
    {
        foreach (var placement in _scheduler.Place(_clock.Now))
        {
            var (clip, state) = _clips[placement.Clip];
            _inversions.Placed(state.Stages[placement.Task.Stage].Spec.Pool, placement.Clip, placement.Task, _time.Now, clip.IsUrgent);
            At(Message, new Attempt(this, clip, placement.Task, _nodes[placement.Node]).Step);
        }
    }

    /// <summary>A placed task on its node: it is claimed, computed and reported, unless the node dies before.</summary>
    private sealed class Attempt
    {
        private readonly ClusterSimulation _all;
        private readonly SimulatedClip _clip;
        private readonly TaskId _task;
        private readonly SimulatedNode _node;
        private readonly int _life;
        private long _epoch;

        public Attempt(ClusterSimulation all, SimulatedClip clip, TaskId task, SimulatedNode node)
        {
            (_all, _clip, _task, _node, _life) = (all, clip, task, node, node.Life);
            Step = () =>
            {
                if (_node.Life != _life || !_node.IsAlive || !_all._clips.ContainsKey(_clip.Id)) return;
                if (_epoch == 0) Claim();
                else Report();
            };
        }

        /// <summary>What it does next.</summary>
        public Action Step { get; }

        private void Claim()
        {
            var decision = _all.Apply(_clip.Id, new ClipCommand.Claim(_all._clock.Now, _task, _node.Id.Value, Lease));
            for (var i = 0; i < decision.Events.Count; i++)
                if (decision.Events[i] is ClipEvent.Claimed claimed) _epoch = claimed.Epoch;
            if (_epoch == 0) return;
            _all._attempts++;
            _all.At(_clip.DurationOf(_task), Step);
        }

        private void Report() => _all.Apply(_clip.Id, _all._random.NextDouble() < _all._plan.Failures
            ? new ClipCommand.Fail(_all._clock.Now, _task, _epoch, FailureKind.Transient, "it happens", "", FailurePolicy.Cluster)
            : new ClipCommand.Complete(_all._clock.Now, _task, _epoch, [new ArtifactFile(_task.ToString(), 1, "00")]));
    }
}
