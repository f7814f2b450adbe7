using Depth3D.Cluster.Entity;
using Depth3D.Messages;
using static Depth3D.Cluster.Tests.Entity.Clips;

namespace Depth3D.Cluster.Tests.Entity;

/// <summary>What follows from a failed attempt, in one process and in a cluster.</summary>
public sealed class FailureLadderTests
{
    private const long Gigabyte = 1L << 30;

    [Fact]
    public void Out_of_memory_goes_down_the_ladder_then_to_bigger_nodes_and_never_tries_a_configuration_twice()
    {
        var state = After(Submit, PlanA);
        var tried = new HashSet<(int, long)>();
        foreach (var (worker, memory) in new[] { ("w1", 8), ("w2", 8), ("w1", 8), ("w3", 8), ("big", 16), ("bigger", 32) })
        {
            Assert.True(tried.Add((state.Tasks[First].Rung, memory)));
            Assert.True(memory * Gigabyte > state.Tasks[First].AboveMemory);
            Assert.Contains(First, state.Ready);
            state = OutOfMemory(state, worker, memory * Gigabyte, FailurePolicy.Cluster);
        }

        Assert.Equal(ClipPhase.Failed, state.Phase);
        Assert.Equal(3, state.Tasks[First].Rung);
        Assert.Contains("3 different workers", state.Failure!.Text, StringComparison.Ordinal);
        Assert.Equal(6, state.Failure.Attempts!.Count);
    }

    [Fact]
    public void Every_step_says_in_the_journal_why()
    {
        var state = Apply(After(Submit, PlanA), Claim(First));
        var failed = Assert.IsType<ClipEvent.TaskFailed>(Assert.Single(ClipEntity.Decide(state, Memory(1, 8 * Gigabyte, FailurePolicy.Cluster)).Events));
        Assert.Equal((true, 1, 0, "w1"), (failed.WillRetry, failed.Rung, failed.AboveMemory, failed.Worker));
        Assert.Contains("rung 1 of 3", failed.Consequence, StringComparison.Ordinal);

        var last = state with { Tasks = state.Tasks.SetItem(First, state.Tasks[First] with { Rung = 3 }) };
        failed = Assert.IsType<ClipEvent.TaskFailed>(Assert.Single(ClipEntity.Decide(last, Memory(1, 8 * Gigabyte, FailurePolicy.Cluster)).Events));
        Assert.Equal(8 * Gigabyte, failed.AboveMemory);
        Assert.Contains("more than 8192 MiB", failed.Consequence, StringComparison.Ordinal);
        foreach (var hopeless in new[] { Memory(1, 0, FailurePolicy.Cluster), Memory(1, 8 * Gigabyte, FailurePolicy.OneProcess) })
            Assert.Equal(ClipPhase.Failed, ClipEntity.Decide(last, hopeless).Events.Aggregate(last, ClipEntity.Evolve).Phase);
    }

    [Fact]
    public void Three_different_workers_fail_a_task_with_all_their_log_tails_and_one_bad_worker_does_not()
    {
        var state = After(Submit, PlanA);
        foreach (var worker in new[] { "bad", "bad", "bad", "bad", "w2" }) state = Crash(state, worker);
        Assert.Equal(ClipPhase.Running, state.Phase);
        Assert.Equal(["bad", "bad", "bad", "bad", "w2"], state.Tasks[First].Failures.Select(f => f.Worker));

        state = Crash(state, "w3");
        Assert.Equal((ClipPhase.Failed, TaskPhase.Failed), (state.Phase, state.Tasks[First].Phase));
        Assert.Equal(["tail of bad 1", "tail of w2 5", "tail of w3 6"],
            state.Failure!.Attempts!.DistinctBy(a => a.Worker).Select(a => a.LogTail));
        Assert.Contains("bad, w2, w3", state.Failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_are_fewer_workers_a_task_still_fails_some_time()
    {
        var state = After(Submit, PlanA);
        for (var i = 0; i < FailurePolicy.Cluster.MaxAttempts; i++)
        {
            Assert.Equal(ClipPhase.Running, state.Phase);
            state = Crash(state, $"w{i % 2}");
        }

        Assert.Equal(ClipPhase.Failed, state.Phase);
    }

    [Fact]
    public void Every_failure_doubles_the_pause_up_to_the_longest_and_one_process_makes_none()
    {
        var state = After(Submit, PlanA);
        for (var i = 1; i < FailurePolicy.Cluster.MaxAttempts; i++) state = Crash(state, "w");
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], state.Tasks[First].Failures.Select(f => (f.PauseUntil!.Value - Now).TotalSeconds));
        state = Apply(After(Submit, PlanA), Claim(First));
        Assert.Null(Assert.Single(Apply(state, Fail(First, 1, FailureKind.Transient)).Tasks[First].Failures).PauseUntil);
    }

    [Fact]
    public void Claims_given_back_are_no_failures()
    {
        var state = After(Submit, PlanA);
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            state = Apply(state, Claim(First, $"w{epoch}"));
            state = Apply(state, epoch % 2 == 0 ? new ClipCommand.Release(Now, First, epoch, "drained") : new ClipCommand.ExpireLeases(Now.AddDays(1)));
        }

        Assert.Equal((ClipPhase.Running, 20L, 0), (state.Phase, state.Tasks[First].Epoch, state.Tasks[First].FailedAttempts));
    }

    [Fact]
    public void Trying_again_forgives_but_does_not_climb_the_ladder_again()
    {
        var state = OutOfMemory(After(Submit, PlanA), "w1", Gigabyte, FailurePolicy.Cluster);
        state = Apply(state, new ClipCommand.Retry(Now, ClipPart.Whole, Tester));
        Assert.Equal((1, 0, 0L), (state.Tasks[First].Rung, state.Tasks[First].FailedAttempts, state.Tasks[First].AboveMemory));
    }

    private static ClipState Crash(ClipState state, string worker)
    {
        state = Apply(state, Claim(First, worker));
        var epoch = state.Tasks[First].Epoch;
        return Apply(state, new ClipCommand.Fail(Now, First, epoch, FailureKind.Transient, "crashed", $"tail of {worker} {epoch}", FailurePolicy.Cluster));
    }

    private static ClipState OutOfMemory(ClipState state, string worker, long memory, FailurePolicy policy)
    {
        state = Apply(state, Claim(First, worker));
        return Apply(state, Memory(state.Tasks[First].Epoch, memory, policy));
    }

    private static ClipCommand.Fail Memory(long epoch, long memory, FailurePolicy policy) =>
        new(Now, First, epoch, FailureKind.OutOfMemory, "out of memory", "tail", policy, memory);
}
