using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using static Depth3D.Cluster.Tests.Entity.Clips;

namespace Depth3D.Cluster.Tests.Entity;

/// <summary>Pausing, cancelling, retrying, eating and prioritising, and each of them against another.</summary>
public sealed class OperatorTests
{
    private static readonly TaskId Second = First with { TaskIndex = 1 };

    private static ClipCommand.PlanStage ChainB => new(Now, "b", [new TaskPlan("b0"), new TaskPlan("b1", AfterPrevious: true), new TaskPlan("b2", AfterPrevious: true)]);

    private static TaskId Link(int index) => new("b", index);

    [Fact]
    public void A_paused_clip_offers_and_plans_nothing_and_its_attempts_end_as_ever()
    {
        var state = After(Submit, PlanA, Claim(First), Pause(ClipPart.Whole));
        Assert.Empty(state.Ready);
        Assert.Empty(Open(state));
        Assert.Equal(Refusal.Paused, ClipEntity.Decide(state, Claim(Second)).Refusal);

        state = Apply(state, Complete(First, 1));
        Assert.Equal(TaskPhase.Done, state.Tasks[First].Phase);
        Assert.Empty(Apply(After(Submit), Pause(ClipPart.Whole)).Plannable);
        Assert.Equal([Second], Open(Apply(state, Unpause(ClipPart.Whole))));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/001")]
    public void A_paused_part_holds_only_itself(string text)
    {
        var part = ClipPart.Parse(text);
        var state = After(Submit, PlanA, Pause(part));
        Assert.Equal(part.Task is null ? [] : [First], Open(state));
        Assert.Equal([First, Second], Open(Apply(state, Unpause(part))));
        Assert.Equal(Decision.Unchanged, ClipEntity.Decide(state, Pause(part)));
        Assert.Equal(part.Task is null ? [] : [First], Apply(Apply(state, Pause(ClipPart.Whole)), Unpause(ClipPart.Whole)).Ready);
    }

    [Fact]
    public void A_held_stage_is_not_planned()
    {
        var state = After(Submit, Pause(ClipPart.Of("a")));
        Assert.Empty(state.Plannable);
        Assert.Equal([new StageName("a")], Apply(state, Unpause(ClipPart.Of("a"))).Plannable);
    }

    [Fact]
    public void A_worker_that_asks_again_for_a_task_paused_meanwhile_loses_what_it_had()
    {
        var decision = ClipEntity.Decide(After(Submit, PlanA, Claim(First), Pause(ClipPart.Whole)), Claim(First));
        Assert.Equal(Refusal.Paused, decision.Refusal);
        Assert.Equal(1, Assert.IsType<ClipEvent.Released>(Assert.Single(decision.Events)).Epoch);
    }

    [Fact]
    public void A_cancelled_part_stops_its_attempts_while_the_clip_goes_on()
    {
        var state = After(Submit, PlanA, Claim(First), Claim(Second));
        var decision = ClipEntity.Decide(state, Cancel(ClipPart.Of(First)));
        Assert.Equal(["Released", "Held"], decision.Events.Select(e => e.GetType().Name));
        state = decision.Events.Aggregate(state, ClipEntity.Evolve);
        Assert.Equal((ClipPhase.Running, TaskPhase.Waiting, Hold.Cancelled), (state.Phase, state.Tasks[First].Phase, state.Tasks[First].Hold));
        Assert.Equal(Refusal.Superseded, ClipEntity.Decide(state, Complete(First, 1)).Refusal);
        Assert.Empty(state.Ready);
        Assert.Equal(TaskPhase.Running, state.Tasks[Second].Phase);
        Assert.Equal([First], Apply(state, Retry(ClipPart.Of(First))).Ready);
        Assert.Equal([First], Apply(state, Retry(ClipPart.Of("a"))).Ready);
        Assert.Equal([First], Apply(state, Unpause(ClipPart.Of(First))).Ready);
    }

    [Fact]
    public void Cancelling_while_a_result_is_on_its_way_keeps_the_result()
    {
        var state = Apply(After(Submit, PlanA, Claim(First), Cancel()), Complete(First, 1));
        Assert.Equal((ClipPhase.Cancelled, TaskPhase.Done), (state.Phase, state.Tasks[First].Phase));
        Assert.Equal(Decision.Unchanged, ClipEntity.Decide(state, Cancel()));
    }

    [Fact]
    public void Eating_moves_the_clip_on_without_a_result_and_a_late_one_does_not_count()
    {
        var state = After(Submit, PlanA, Claim(First), Claim(Second), Complete(Second, 1), Eat(ClipPart.Of(First)));
        Assert.Equal([new StageName("b")], state.Plannable);
        Assert.Equal([Second], state.Accepted(new ClipId("x")).Select(m => m.Task));
        Assert.Equal(Refusal.Superseded, ClipEntity.Decide(state, Complete(First, 1)).Refusal);
        Assert.Equal(Refusal.AlreadyDone, ClipEntity.Decide(state, Eat(ClipPart.Of(Second))).Refusal);
    }

    [Fact]
    public void What_was_eaten_can_be_tried_again_until_something_later_has_seen_it()
    {
        var eaten = After(Submit, PlanA, Eat(ClipPart.Of("a")));
        var again = Apply(eaten, Retry(ClipPart.Of(First)));
        Assert.Equal([First], again.Ready);
        Assert.Empty(again.Plannable);
        Assert.Equal(1, Apply(again, Claim(First)).Tasks[First].Epoch);

        var used = Apply(eaten, ChainB);
        Assert.Equal(Refusal.InUse, ClipEntity.Decide(used, Retry(ClipPart.Of(First))).Refusal);
        var chain = Apply(used, Eat(ClipPart.Of(Link(0))));
        Assert.Equal([Link(1)], chain.Ready);
        Assert.Equal([Link(0)], Apply(chain, Retry(ClipPart.Of(Link(0)))).Ready);
        Assert.Equal(Refusal.InUse, ClipEntity.Decide(Apply(chain, Claim(Link(1))), Retry(ClipPart.Of(Link(0)))).Refusal);
    }

    [Fact]
    public void A_stage_is_eaten_when_its_turn_came_and_a_clip_at_any_time()
    {
        Assert.Equal(Refusal.NotReady, ClipEntity.Decide(After(Submit, PlanA), Eat(ClipPart.Of("b"))).Refusal);
        Assert.Equal(0, After(Submit, Eat(ClipPart.Of("a"))).Stages["a"].TaskCount);
        Assert.Equal(ClipPhase.Completed, After(Submit, PlanA, Claim(First), Eat(ClipPart.Whole)).Phase);
    }

    [Fact]
    public void A_failed_clip_goes_on_once_its_last_failed_task_is_tried_again_or_eaten()
    {
        var state = After(Submit, PlanA, Claim(First), Claim(Second), Fail(First, 1, FailureKind.BadInput), Fail(Second, 1, FailureKind.MissingTool));
        Assert.Equal((ClipPhase.Failed, First), (state.Phase, state.Failure!.Task));
        state = Apply(state, Retry(ClipPart.Of(First)));
        Assert.Equal((ClipPhase.Failed, Second, FailureKind.MissingTool), (state.Phase, state.Failure!.Task, state.Failure.Kind));
        foreach (var command in new ClipCommand[] { Eat(ClipPart.Of(Second)), Retry(ClipPart.Of(Second)), Retry(ClipPart.Of("a")) })
        {
            var after = Apply(state, command);
            Assert.Equal(ClipPhase.Running, after.Phase);
            Assert.Null(after.Failure);
            Assert.Contains(First, after.Ready);
        }
    }

    [Fact]
    public void A_stage_that_could_not_be_planned_is_planned_again_or_eaten()
    {
        var state = After(Submit, PlanA, Claim(First), new ClipCommand.FailPlanning(Now, "b", FailureKind.BadInput, "no"), Complete(First, 1));
        Assert.Equal(ClipPhase.Failed, state.Phase);
        Assert.Equal(ClipPhase.Running, Apply(state, Retry(ClipPart.Of("b"))).Phase);
        Assert.Equal(Refusal.NothingToDo, ClipEntity.Decide(state, Retry(ClipPart.Of("a"))).Refusal);
        Assert.Equal(ClipPhase.Failed, Apply(state, Eat(ClipPart.Of("a"))).Phase);
        Assert.Equal(ClipPhase.Completed, Apply(Apply(state, Eat(ClipPart.Of("a"))), Eat(ClipPart.Of("b"))).Phase);
    }

    [Fact]
    public void Priority_and_weight_change_and_stay_within_reason()
    {
        var state = After(Submit with { Project = "film", Priority = 3, Weight = 2, By = "ann" }, new ClipCommand.Prioritise(Now, 9, -4, Tester));
        Assert.Equal(("film", 9, 1, "ann"), (state.Project, state.Priority, state.Weight, state.By));
        Assert.Equal(Decision.Unchanged, ClipEntity.Decide(state, new ClipCommand.Prioritise(Now, 9, null, Tester)));
    }

    [Theory]
    [InlineData("c", Refusal.UnknownStage)]
    [InlineData("a/002", Refusal.UnknownTask)]
    [InlineData("b/000", Refusal.UnknownTask)]
    public void A_part_that_is_not_there_is_refused(string text, Refusal expected)
    {
        var part = ClipPart.Parse(text);
        foreach (var command in new ClipCommand[] { Cancel(part), Pause(part), Unpause(part), Retry(part), Eat(part) })
            Assert.Equal(expected, ClipEntity.Decide(After(Submit, PlanA), command).Refusal);
    }

    [Fact]
    public void The_same_key_is_the_same_submission_whatever_else_differs()
    {
        var state = After(Submit with { Key = "k" });
        Assert.Equal(Decision.Unchanged, ClipEntity.Decide(state, Submit with { Key = "k", OptionsJson = "{1}", Priority = 4 }));
        Assert.Equal(Refusal.DifferentSubmission, ClipEntity.Decide(state, Submit with { Key = "l", OptionsJson = "{1}" }).Refusal);
        Assert.Equal(Decision.Unchanged, ClipEntity.Decide(state, Submit with { Key = "l" }));
    }

    private static TaskId[] Open(ClipState state) => [.. state.Open(WorkerPool.PreprocessCpu)];

    private static ClipCommand.Pause Pause(ClipPart part) => new(Now, part, Tester);

    private static ClipCommand.Unpause Unpause(ClipPart part) => new(Now, part, Tester);

    private static ClipCommand.Retry Retry(ClipPart part) => new(Now, part, Tester);

    private static ClipCommand.Eat Eat(ClipPart part) => new(Now, part, Tester);
}
