using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;
using static Depth3D.Cluster.Tests.Scheduling.DriverBench;

namespace Depth3D.Cluster.Tests.Scheduling;

/// <summary>The driver with its registry and scheduler, on a clock that the test moves.</summary>
public sealed class DriverTests
{
    [Fact]
    public async Task The_leases_of_a_lost_node_are_released_at_once_and_its_tasks_go_elsewhere()
    {
        await using var bench = await StartAsync();
        bench.Pass(10);
        bench.Beat("n1");
        await bench.SubmitAsync(Clip, tasks: 1);
        var (node, run) = await bench.SentAsync<TaskProtocol.Run>("the first hint");
        Assert.Equal((Node("n1"), First), (node, run.Task));
        var epoch = await bench.ClaimAsync(First, node);

        bench.Beat("n2");
        bench.Nodes.PresenceLost(node);
        var (other, again) = await bench.SentAsync<TaskProtocol.Run>("the hint to the other node");
        Assert.Equal((Node("n2"), First), (other, again.Task));
        Assert.Equal(epoch + 1, await bench.ClaimAsync(First, other));
        Assert.Equal(Refusal.Superseded, (await bench.Coordinator.DoneAsync(new(Clip, First, epoch, []), default)).Refusal);
    }

    [Fact]
    public async Task Heartbeats_keep_a_lease_and_without_them_it_runs_out()
    {
        await using var bench = await StartAsync();
        bench.Pass(10);
        bench.Beat("n1");
        await bench.SubmitAsync(Clip, tasks: 1);
        var (node, _) = await bench.SentAsync<TaskProtocol.Run>("the hint");
        var held = new HeldTask(Clip, First, await bench.ClaimAsync(First, node), IsEnded: false);
        var began = bench.Clock.Now;
        await bench.PassUntilAsync(() => Task.FromResult(bench.Clock.Now - began > TimeSpan.FromSeconds(100)), "renewals", () => bench.Beat("n1", 1, held));
        Assert.Equal(TaskPhase.Running, (await bench.Clips.StateAsync(Clip, default)).Tasks[First].Phase);

        bench.Nodes.Connection(isUp: false);
        began = bench.Clock.Now;
        await bench.PassUntilAsync(() => Task.FromResult(bench.Clock.Now - began > TimeSpan.FromSeconds(100)), "the broker's absence");
        Assert.Equal(TaskPhase.Running, (await bench.Clips.StateAsync(Clip, default)).Tasks[First].Phase);
        bench.Nodes.Connection(isUp: true);
        await bench.PassUntilAsync(async () => (await bench.Clips.StateAsync(Clip, default)).Tasks[First].Phase == TaskPhase.Waiting, "the lease to run out");
        Assert.True(bench.Clock.Now - began >= TimeSpan.FromSeconds(110));
    }

    [Fact]
    public async Task A_node_that_does_not_claim_is_asked_again_later_than_another()
    {
        await using var bench = await StartAsync();
        bench.Beat("n1");
        bench.Beat("n2");
        await bench.SubmitAsync(Clip, tasks: 1);
        var (first, _) = await bench.SentAsync<TaskProtocol.Run>("the first hint");
        bench.Pass(5);
        var (second, again) = await bench.SentAsync<TaskProtocol.Run>("the second hint");
        Assert.Equal(First, again.Task);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task An_attempt_that_its_node_does_not_hold_is_given_up()
    {
        await using var bench = await StartAsync();
        bench.Pass(10);
        bench.Beat("n1");
        await bench.SubmitAsync(Clip, tasks: 1);
        var (node, _) = await bench.SentAsync<TaskProtocol.Run>("the hint");
        await bench.ClaimAsync(First, node);
        var began = bench.Clock.Now;
        await bench.PassUntilAsync(async () => (await bench.Clips.StateAsync(Clip, default)).Tasks[First].Phase == TaskPhase.Waiting,
            "the attempt to be released", () => bench.Beat("n1"));
        Assert.InRange(bench.Clock.Now - began, Timings.Missing, Timings.Missing + TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_node_that_fails_three_clips_is_cordoned_unless_it_is_the_last()
    {
        await using var bench = await StartAsync();
        bench.Beat("bad", slots: 8);
        await FailAsync(bench, 0, 3);
        Assert.Null(bench.Nodes.Find(Node("bad"))!.Cordon);
        bench.Beat("good", slots: 8);
        await FailAsync(bench, 3, 2);
        Assert.Null(bench.Nodes.Find(Node("bad"))!.Cordon);
        await FailAsync(bench, 5, 1);
        var cordon = bench.Nodes.Find(Node("bad"))!.Cordon;
        Assert.Equal((Actor.Cluster, true), (cordon?.By, cordon?.Why.Contains("the disk is odd", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stage_is_planned_when_a_node_that_could_comes_and_a_lost_plan_is_asked_for_again()
    {
        await using var bench = await StartAsync();
        await bench.Clips.ApplyAsync(Clip, Entity.Clips.Submit with { Now = bench.Clock.Now }, default);
        bench.Driver.Activate(Clip);
        await bench.Driver.IdleAsync().Within("nobody to ask");
        Assert.Equal(WaitCode.NoNode, (await bench.Driver.ExplainAsync(Clip, null, default))[0].Code);
        bench.Beat("n1");
        Assert.Equal("a", (await bench.SentAsync<PlanProtocol.Plan>("the request to plan")).Message.Stage.Value);
        bench.Pass(6);
        Assert.Equal("a", (await bench.SentAsync<PlanProtocol.Plan>("the same request again")).Message.Stage.Value);
    }

    [Fact]
    public async Task A_cancelled_task_is_stopped_on_its_node()
    {
        await using var bench = await StartAsync();
        bench.Beat("n1");
        await bench.SubmitAsync(Clip, tasks: 1);
        var (node, _) = await bench.SentAsync<TaskProtocol.Run>("the hint");
        var epoch = await bench.ClaimAsync(First, node);
        await bench.Driver.IdleAsync().Within("the claim to be seen");
        await bench.Clips.ApplyAsync(Clip, new ClipCommand.Cancel(bench.Clock.Now, ClipPart.Of(First), new Actor("ann", "wrong frames")), default);
        var (told, stop) = await bench.SentAsync<WorkerProtocol.Stop>("the order to stop");
        Assert.Equal((node, First, epoch), (told, stop.Task, stop.Epoch));
    }

    [Fact]
    public async Task Clips_wait_for_their_turn_are_explained_leave_memory_and_begin_when_those_before_them_end()
    {
        await using var bench = await StartAsync();
        bench.Beat("n1");
        var clips = Enumerable.Range(0, 12).Select(i => new ClipId($"c{i:00}")).ToArray();
        foreach (var clip in clips)
        {
            await bench.Clips.ApplyAsync(clip, Entity.Clips.Submit with { Now = bench.Clock.Now, InputHash = clip.Value }, default);
            bench.Driver.Activate(clip);
        }

        await bench.Driver.IdleAsync().Within("the clips to be seen");
        Assert.Equal(clips[0], (await bench.SentAsync<PlanProtocol.Plan>("the first clip's turn")).Message.Clip);
        var why = (await bench.Driver.ExplainAsync(clips[^1], null, default))[0];
        Assert.Equal(WaitCode.ClipWaits, why.Code);
        Assert.Contains("clips of those without a project are before it", why.Text, StringComparison.Ordinal);
        var second = (await bench.Driver.ExplainAsync(clips[^3], null, default))[0];
        Assert.Contains("1 clip of those without a project is before it", second.Text, StringComparison.Ordinal);
        bench.Pass(400);
        await bench.Driver.IdleAsync().Within("what is idle to leave");
        Assert.False(bench.Clips.IsLive(clips[^1]));

        foreach (var clip in clips)
        {
            await bench.PassUntilAsync(async () => (await bench.Driver.ExplainAsync(clip, null, default))[0].Code != WaitCode.ClipWaits, "its turn");
            await bench.Clips.ApplyAsync(clip, new ClipCommand.PlanStage(bench.Clock.Now, "a", []), default);
            await bench.Clips.ApplyAsync(clip, new ClipCommand.PlanStage(bench.Clock.Now, "b", []), default);
            Assert.Equal(ClipPhase.Completed, (await bench.Clips.StateAsync(clip, default)).Phase);
            await bench.Driver.IdleAsync().Within("its end to be seen");
        }
    }

    private static async Task FailAsync(DriverBench bench, int first, int count)
    {
        foreach (var clip in Enumerable.Range(first, count).Select(i => new ClipId($"c{i}")))
        {
            await bench.SubmitAsync(clip, tasks: 1);
            var epoch = await bench.ClaimAsync(First, Node("bad"), clip);
            await bench.Coordinator.FailedAsync(new(clip, First, epoch, FailureKind.Transient, "the disk is odd", ""), default);
        }

        await bench.Driver.IdleAsync().Within("the driver to follow");
    }
}
