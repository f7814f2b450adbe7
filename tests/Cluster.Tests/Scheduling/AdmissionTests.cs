using System.Collections.Immutable;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Scheduling;

/// <summary>Whose turn it is to begin.</summary>
public sealed class AdmissionTests
{
    private const int Slots = 4;

    private static readonly DateTimeOffset Start = Entity.Clips.Now;

    private readonly Scheduler _scheduler;
    private readonly ClipFeed _feed;
    private readonly Admission _admission;
    private readonly Dictionary<ClipId, ClipState> _states = [];
    private DateTimeOffset _now = Start;

    public AdmissionTests()
    {
        var options = new SchedulerOptions { AheadBelow = TimeSpan.Zero, LeastInProgress = 1, ProjectWeights = ImmutableSortedDictionary<string, int>.Empty.Add("big", 3) };
        _scheduler = new Scheduler(options);
        _feed = new ClipFeed(_scheduler);
        _admission = new Admission(_scheduler, options);
    }

    [Fact]
    public void Without_a_node_nobody_begins_and_with_one_clips_begin_by_priority_and_age_until_a_round_of_tasks_waits()
    {
        Submit("late", at: 2);
        Submit("early", at: 1);
        Submit("urgent", at: 3, priority: 1);
        Assert.Empty(Admit());
        Assert.Equal((3, 2), (_admission.WaitingCount, _admission.Before(new ClipId("late"))));
        AddNode();
        Assert.Equal(["urgent"], Admit());
        Plan("urgent", 2);
        Assert.Equal(["early"], Admit());
        Plan("early", 2);
        Assert.Empty(Admit());
        Assert.Equal(4, _scheduler.Place(_now).Count);
        for (var i = 0; i < 20; i++) Submit($"more{i:00}", at: 10 + i);
        Assert.Equal(["late", "more00"], Admit());
        Plan("late", 2);
        Plan("more00", 2);
        Assert.Empty(Admit());
        Assert.Equal(19, _admission.WaitingCount);
        Assert.Equal(3, _admission.Before(new ClipId("more04")));
    }

    [Fact]
    public void A_clip_of_higher_priority_begins_at_once_and_so_does_the_next_until_theirs_alone_fill_the_pool()
    {
        AddNode();
        FillWithLow();
        for (var i = 0; i < 5; i++) Submit($"high{i}", at: 50, priority: 5);
        Assert.Equal(["high0", "high1"], Admit());
        Plan("high0", 2);
        Plan("high1", 2);
        Assert.Empty(Admit());
        Assert.Equal(3, _admission.Before(new ClipId("low20")) - LowWaitingBefore("low20"));

        // What they wait behind is of their own priority: it goes first wherever a slot becomes free.
        Assert.All(FreeAndPlace(4), clip => Assert.StartsWith("high", clip, StringComparison.Ordinal));
        Assert.Equal(["high2", "high3"], Admit());
    }

    [Fact]
    public void Each_project_has_its_share_of_work_waiting()
    {
        AddNode(slots: 40);
        for (var i = 0; i < 100; i++)
        {
            Submit($"s{i:000}", at: i, project: "small");
            Submit($"b{i:000}", at: i, project: "big");
        }

        for (var round = 0; round < 30; round++)
        {
            foreach (var clip in Admit()) Plan(clip, 2);
            _scheduler.Place(_now);
        }

        int Waiting(string project) => _scheduler.Pool(WorkerPool.PreprocessCpu).ProjectOf(project).Tasks.Total;
        Assert.InRange(Waiting("small"), 10, 12);
        Assert.InRange(Waiting("big"), 30, 32);
    }

    [Fact]
    public void A_later_pool_that_is_full_for_longer_than_the_way_to_it_stops_newcomers_until_its_work_shrinks()
    {
        AddNode();
        Submit("first", at: 0);
        Assert.Equal(["first"], Admit());
        Plan("first", 1);
        _now += TimeSpan.FromSeconds(10);
        Run("first", 1);
        Plan("first", 80, "b");
        Submit("second", at: 1);
        Assert.Empty(Admit());
        Assert.Equal(1, _admission.WaitingCount);

        // One task after the other, ten seconds each, on four slots: what is left lasts as long as a clip takes to come.
        var ended = 0;
        for (; _admission.WaitingCount > 0 && ended < 80; ended++)
        {
            _now += TimeSpan.FromSeconds(1);
            Finish("first", new TaskId("b", ended), _now - TimeSpan.FromSeconds(10));
            Admit();
        }

        Assert.InRange(ended, 70, 79);
    }

    [Fact]
    public void A_clip_that_is_paused_before_its_turn_gives_it_up_and_one_that_has_begun_never_waits_again()
    {
        AddNode();
        FillWithLow();
        Apply("low10", new ClipCommand.Pause(_now, ClipPart.Whole, Entity.Clips.Tester));
        Assert.False(_admission.IsWaiting(new ClipId("low10")));
        Apply("low10", new ClipCommand.Unpause(_now, ClipPart.Whole, Entity.Clips.Tester));
        Assert.True(_admission.IsWaiting(new ClipId("low10")));
        Apply("low11", new ClipCommand.PlanStage(_now, "a", [new TaskPlan("")]));
        Assert.True(_admission.HasTurn(new ClipId("low11"), _states[new ClipId("low11")]));
        Assert.False(_admission.IsWaiting(new ClipId("low11")));
    }

    private void AddNode(int slots = Slots) => _scheduler.SetNode(World.Node(1), new NodeCapacity(
        ImmutableSortedDictionary<WorkerPool, int>.Empty.Add(WorkerPool.PreprocessCpu, slots).Add(WorkerPool.Trainer, slots), 1000, 0, []), takesWork: true);

    private void FillWithLow()
    {
        for (var i = 0; i < 30; i++) Submit($"low{i:00}", at: i);
        for (var round = 0; round < 5; round++)
        {
            foreach (var clip in Admit()) Plan(clip, 2);
            foreach (var placed in _scheduler.Place(_now)) Apply(placed.Clip.Value, new ClipCommand.Claim(_now, placed.Task, placed.Node.Value, TimeSpan.FromDays(1)));
        }

        Assert.InRange(_admission.WaitingCount, 20, 28);
    }

    private int LowWaitingBefore(string clip) => _states.Keys.Count(c => c.Value.StartsWith("low", StringComparison.Ordinal)
        && _admission.IsWaiting(c) && string.CompareOrdinal(c.Value, clip) < 0);

    private IEnumerable<string> FreeAndPlace(int count)
    {
        var running = _scheduler.RunningOn(World.Node(1)).Take(count).ToArray();
        foreach (var (clip, task, epoch, _) in running) Apply(clip.Value, new ClipCommand.Complete(_now, task, epoch, []));
        return _scheduler.Place(_now).Select(p => p.Clip.Value);
    }

    private void Submit(string clip, int at, int priority = 0, string project = "") =>
        Apply(clip, Entity.Clips.Submit with { Now = Start.AddSeconds(at), Priority = priority, Project = project });

    private List<string> Admit()
    {
        var admitted = new List<string>();
        while (_admission.Next(_now) is { } clip)
        {
            admitted.Add(clip.Value);
            _feed.Synchronise(clip, [], _states[clip], _now);
        }

        return admitted;
    }

    private void Plan(string clip, int tasks, string stage = "a") =>
        Apply(clip, new ClipCommand.PlanStage(_now, stage, [.. Enumerable.Range(0, tasks).Select(_ => new TaskPlan(""))]));

    /// <summary>Every task of the first stage runs from ten seconds ago until now.</summary>
    private void Run(string clip, int tasks)
    {
        for (var i = 0; i < tasks; i++) Finish(clip, new TaskId("a", i), _now - TimeSpan.FromSeconds(10));
    }

    private void Finish(string clip, TaskId task, DateTimeOffset began)
    {
        Apply(clip, new ClipCommand.Claim(began, task, World.Node(1).Value, TimeSpan.FromDays(1)));
        Apply(clip, new ClipCommand.Complete(_now, task, 1, []));
    }

    /// <summary>As the driver follows it.</summary>
    private void Apply(string name, ClipCommand command)
    {
        var clip = new ClipId(name);
        var decision = ClipEntity.Decide(_states.GetValueOrDefault(clip, ClipState.Empty), command);
        var state = _states[clip] = decision.Events.Aggregate(_states.GetValueOrDefault(clip, ClipState.Empty), ClipEntity.Evolve);
        if (!_admission.HasTurn(clip, state)) return;
        _feed.Apply(clip, decision.Events, state, _now);
        foreach (var planned in decision.Events.OfType<ClipEvent.StagePlanned>())
            _admission.Planned(clip, state.Stages[planned.Stage].Spec.Pool, planned.Tasks.Count, _now);
    }
}
