using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using static Depth3D.Cluster.Tests.Entity.Clips;

namespace Depth3D.Cluster.Tests.Entity;

/// <summary>Every command in every phase, against tables written down here independently of the code.</summary>
public sealed class TransitionTests
{
    // columns: None Running Completed Failed Cancelled; the phase after the command, or - for refused.
    private const string ClipTable = """
        Submit        Running  Running   Completed Failed  Cancelled
        PlanStage     -        Running   -         -       -
        FailPlanning  -        Failed    -         -       -
        Claim         -        Running   -         -       -
        Renew         -        Running   -         -       -
        Complete      -        Running   Completed Failed  Cancelled
        Fail          -        Running   -         Failed  Cancelled
        Release       -        Running   -         Failed  Cancelled
        ExpireLeases  -        Running   -         Failed  Cancelled
        ReleaseAll    -        Running   -         Failed  Cancelled
        Cancel        -        Cancelled -         -       Cancelled
        Resume        -        -         -         Running Running
        Pause         -        Running   -         Failed  -
        Unpause       -        Running   -         Failed  Cancelled
        Prioritise    -        Running   -         Failed  Cancelled
        Retry         -        Running   -         Running -
        Eat           -        Completed -         Completed -
        """;

    // columns: Waiting Running Done Failed Eaten; the phase after the command by the current epoch, = for accepted without change, or the refusal.
    private const string TaskTable = """
        Claim            Running    Leased  AlreadyDone TaskFailed AlreadyDone
        ClaimExpired     Running    Running AlreadyDone TaskFailed AlreadyDone
        ClaimSameWorker  Running    Running AlreadyDone TaskFailed AlreadyDone
        Renew            Superseded Running AlreadyDone Superseded Superseded
        Complete         Superseded Done    =           Superseded Superseded
        Fail             Superseded Waiting AlreadyDone Superseded Superseded
        FailForGood      Superseded Failed  AlreadyDone Superseded Superseded
        Release          Superseded Waiting AlreadyDone Superseded Superseded
        RenewOld         Superseded Superseded Superseded Superseded Superseded
        CompleteOld      Superseded Superseded Superseded Superseded Superseded
        FailOld          Superseded Superseded Superseded Superseded Superseded
        ReleaseOld       Superseded Superseded Superseded Superseded Superseded
        CancelTask       Waiting    Waiting AlreadyDone TaskFailed AlreadyDone
        PauseTask        Waiting    Running AlreadyDone Failed     AlreadyDone
        UnpauseTask      =          =       =           =          =
        RetryTask        NothingToDo NothingToDo AlreadyDone Waiting Waiting
        EatTask          Eaten      Eaten   AlreadyDone Eaten      =
        CancelStage      Waiting    Waiting Done        Failed     Eaten
        PauseStage       Waiting    Running Done        Failed     Eaten
        RetryStage       NothingToDo NothingToDo NothingToDo Waiting NothingToDo
        EatStage         Eaten      Eaten   Done        Eaten      Eaten
        """;

    public static TheoryData<string, ClipPhase, string> ClipCells => Cells<ClipPhase>(ClipTable);

    public static TheoryData<string, TaskPhase, string> TaskCells => Cells<TaskPhase>(TaskTable);

    [Theory]
    [MemberData(nameof(ClipCells))]
    public void A_clip_takes_a_command_only_in_the_phases_of_the_table(string command, ClipPhase phase, string expected)
    {
        var state = In(phase);
        var decision = ClipEntity.Decide(state, ClipCommandOf(command, phase));
        if (expected == "-") Assert.Equal(Refusal.ClipPhase, decision.Refusal);
        else Assert.NotEqual(Refusal.ClipPhase, decision.Refusal);
        Assert.Equal(expected == "-" ? phase.ToString() : expected, decision.Events.Aggregate(state, ClipEntity.Evolve).Phase.ToString());
    }

    [Theory]
    [MemberData(nameof(TaskCells))]
    public void A_task_takes_a_command_only_as_the_table_says(string command, TaskPhase phase, string expected)
    {
        var state = In(phase);
        var decision = ClipEntity.Decide(state, TaskCommandOf(command));
        var after = decision.Events.Aggregate(state, ClipEntity.Evolve);
        if (expected == "=")
        {
            Assert.Null(decision.Refusal);
            Assert.Empty(decision.Events);
        }
        else if (Enum.TryParse<TaskPhase>(expected, out var next))
        {
            Assert.Null(decision.Refusal);
            Assert.Equal(next, after.Tasks[First].Phase);
        }
        else
        {
            Assert.Equal(expected, decision.Refusal.ToString());
            Assert.Equal(Describe(state), Describe(after));
        }
    }

    [Fact]
    public void The_tables_hold_every_command_there_is()
    {
        var all = typeof(ClipCommand).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(ClipCommand))).Select(t => t.Name).Order();
        Assert.Equal(all, ClipCells.Select(c => (string)c[0]).Distinct().Order());
        Assert.Equal(Enum.GetValues<ClipPhase>().Length * all.Count(), ClipCells.Count());
    }

    [Fact]
    public void Every_claim_raises_the_epoch_and_ends_the_attempt_before()
    {
        var state = In(TaskPhase.Running);
        var decision = ClipEntity.Decide(state, Claim(First, "w2", atSeconds: 61));
        Assert.Equal(1, Assert.IsType<ClipEvent.Released>(decision.Events[0]).Epoch);
        Assert.Equal(2, Assert.IsType<ClipEvent.Claimed>(decision.Events[1]).Epoch);
    }

    [Fact]
    public void Chain_links_are_claimed_in_order_and_stages_planned_after_their_inputs()
    {
        var second = new ClipCommand.PlanStage(Now, "b", [new TaskPlan("b0"), new TaskPlan("b1", AfterPrevious: true)]);
        var state = After(Submit, PlanA, Claim(First), Complete(First, 1));
        Assert.Equal(Refusal.NotReady, ClipEntity.Decide(state, second).Refusal);

        var other = First with { TaskIndex = 1 };
        state = Apply(Apply(Apply(state, Claim(other)), Complete(other, 1)), second);
        Assert.Equal(Refusal.AlreadyPlanned, ClipEntity.Decide(state, second).Refusal);
        Assert.Equal([new TaskId("b", 0)], state.Ready);
        Assert.Equal(Refusal.NotReady, ClipEntity.Decide(state, Claim(new TaskId("b", 1))).Refusal);

        state = Apply(Apply(state, Claim(new TaskId("b", 0))), Complete(new TaskId("b", 0), 1));
        Assert.Equal([new TaskId("b", 1)], state.Ready);
        Assert.Equal(ClipPhase.Completed, Apply(Apply(state, Claim(new TaskId("b", 1))), Complete(new TaskId("b", 1), 1)).Phase);
    }

    [Fact]
    public void Only_transient_failures_are_tried_again_and_only_three_times()
    {
        var state = After(Submit, PlanA);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            Assert.Equal(ClipPhase.Running, state.Phase);
            state = Apply(Apply(state, Claim(First)), Fail(First, epoch, FailureKind.Transient));
        }

        Assert.Equal(ClipPhase.Failed, state.Phase);
        Assert.Equal(TaskPhase.Failed, state.Tasks[First].Phase);
        foreach (var kind in Enum.GetValues<FailureKind>().Where(k => k is not (FailureKind.Transient or FailureKind.OutOfMemory)))
            Assert.Equal(ClipPhase.Failed, After(Submit, PlanA, Claim(First), Fail(First, 1, kind)).Phase);
    }

    [Fact]
    public void Resuming_tries_failed_tasks_again_and_keeps_accepted_ones()
    {
        var other = First with { TaskIndex = 1 };
        var state = After(Submit, PlanA, Claim(First), Complete(First, 1), Claim(other), Fail(other, 1, FailureKind.MissingTool),
            Resume);
        Assert.Equal(TaskPhase.Done, state.Tasks[First].Phase);
        Assert.Equal([other], state.Ready);
        Assert.Null(state.Failure);
    }

    [Fact]
    public void Two_tasks_of_a_stage_cannot_publish_the_same_name()
    {
        var other = First with { TaskIndex = 1 };
        var state = After(Submit, PlanA, Claim(First), Complete(First, 1), Claim(other));
        var decision = ClipEntity.Decide(state, new ClipCommand.Complete(Now, other, 1, [new ArtifactFile("a0", 1, "00")]));
        Assert.Equal(Refusal.TaskFailed, decision.Refusal);
        Assert.Equal(ClipPhase.Failed, decision.Events.Aggregate(state, ClipEntity.Evolve).Phase);
    }

    [Fact]
    public void Submitting_something_else_under_the_same_name_is_refused()
    {
        var state = After(Submit);
        Assert.Equal(Decision.Unchanged, ClipEntity.Decide(state, Submit));
        foreach (var other in new[] { Submit with { OptionsJson = "{1}" }, Submit with { InputHash = "x" }, Submit with { Recipe = "loop" }, Submit with { Stages = [Graph[0]] } })
            Assert.Equal(Refusal.DifferentSubmission, ClipEntity.Decide(state, other).Refusal);
    }

    private static ClipCommand ClipCommandOf(string name, ClipPhase phase) => name switch
    {
        "Submit" => phase == ClipPhase.Completed ? Submit with { Stages = [Graph[0]] } : Submit,
        "PlanStage" => PlanA,
        "FailPlanning" => new ClipCommand.FailPlanning(Now, "b", FailureKind.BadInput, "no"),
        "Claim" => Claim(First with { TaskIndex = 1 }),
        "Renew" => new ClipCommand.Renew(Now, First, 1, Lease),
        "Complete" => Complete(First, 1),
        "Fail" => Fail(First, 1, FailureKind.Transient),
        "Release" => new ClipCommand.Release(Now, First, 1, "stopped"),
        "ExpireLeases" => new ClipCommand.ExpireLeases(Now.AddDays(1)),
        "ReleaseAll" => new ClipCommand.ReleaseAll(Now, "gone"),
        "Cancel" => Cancel(),
        "Resume" => Resume,
        "Pause" => new ClipCommand.Pause(Now, ClipPart.Whole, Tester),
        "Unpause" => new ClipCommand.Unpause(Now, ClipPart.Whole, Tester),
        "Prioritise" => new ClipCommand.Prioritise(Now, 5, null, Tester),
        "Retry" => new ClipCommand.Retry(Now, ClipPart.Whole, Tester),
        "Eat" => new ClipCommand.Eat(Now, ClipPart.Whole, Tester),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such command"),
    };

    private static ClipCommand TaskCommandOf(string name) => name switch
    {
        "Claim" => Claim(First, "w2"),
        "ClaimExpired" => Claim(First, "w2", atSeconds: 61),
        "ClaimSameWorker" => Claim(First),
        "Renew" => new ClipCommand.Renew(Now, First, 1, Lease),
        "RenewOld" => new ClipCommand.Renew(Now, First, 0, Lease),
        "Complete" => Complete(First, 1),
        "CompleteOld" => Complete(First, 0),
        "Fail" => Fail(First, 1, FailureKind.Transient),
        "FailForGood" => Fail(First, 1, FailureKind.BadInput),
        "FailOld" => Fail(First, 0, FailureKind.Transient),
        "Release" => new ClipCommand.Release(Now, First, 1, "stopped"),
        "CancelTask" => Cancel(ClipPart.Of(First)),
        "PauseTask" => new ClipCommand.Pause(Now, ClipPart.Of(First), Tester),
        "UnpauseTask" => new ClipCommand.Unpause(Now, ClipPart.Of(First), Tester),
        "RetryTask" => new ClipCommand.Retry(Now, ClipPart.Of(First), Tester),
        "EatTask" => new ClipCommand.Eat(Now, ClipPart.Of(First), Tester),
        "CancelStage" => Cancel(ClipPart.Of(First.Stage)),
        "PauseStage" => new ClipCommand.Pause(Now, ClipPart.Of(First.Stage), Tester),
        "RetryStage" => new ClipCommand.Retry(Now, ClipPart.Of(First.Stage), Tester),
        "EatStage" => new ClipCommand.Eat(Now, ClipPart.Of(First.Stage), Tester),
        "ReleaseOld" => new ClipCommand.Release(Now, First, 0, "stopped"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such command"),
    };

    private static TheoryData<string, TPhase, string> Cells<TPhase>(string table)
        where TPhase : struct, Enum
    {
        var cells = new TheoryData<string, TPhase, string>();
        foreach (var row in table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            foreach (var phase in Enum.GetValues<TPhase>())
                cells.Add(row[0], phase, row[1 + Convert.ToInt32(phase)]);
        return cells;
    }
}
