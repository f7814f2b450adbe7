using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;
using static Depth3D.Cluster.Tests.Scheduling.DriverBench;

namespace Depth3D.Cluster.Tests.Scheduling;

/// <summary>What an operator is told when something does not run.</summary>
public sealed class ExplainTests
{
    private static readonly Actor Ann = new("ann", "lunch");

    [Fact]
    public async Task Every_reason_has_its_code_and_names_what_it_is_about()
    {
        await using var bench = await StartAsync();
        Assert.Equal(WaitCode.ClipUnknown, (await WhyAsync(bench)).Code);

        await bench.SubmitAsync(Clip);
        await ExpectAsync(bench, WaitCode.NoNode, "no node serves pool preprocess.cpu");
        bench.Beat("n1");
        await ExpectAsync(bench, WaitCode.Placed, "placed on n1");
        await ExpectAsync(bench, WaitCode.SlotsTaken, "all slots of the 1 nodes", First with { TaskIndex = 1 });
        await bench.ClaimAsync(First, Node("n1"));
        await ExpectAsync(bench, WaitCode.TaskRunning, "runs on n1, attempt 1");
        Assert.Equal(WaitCode.TaskUnknown, (await WhyAsync(bench, First with { TaskIndex = 9 })).Code);
        await ExpectAsync(bench, WaitCode.TaskUnplanned, "waits for a (0 of 2 tasks done)", new TaskId("b", 0));

        bench.Nodes.Cordon(Node("n1"), Ann);
        await ExpectAsync(bench, WaitCode.NodesClosed, "n1 is cordoned by ann: lunch", First with { TaskIndex = 1 });
        await bench.Clips.ApplyAsync(Clip, new ClipCommand.Pause(bench.Clock.Now, ClipPart.Of(First.Stage), Ann), default);
        await ExpectAsync(bench, WaitCode.TaskPaused, "stage a is paused", First with { TaskIndex = 1 });
        await bench.Clips.ApplyAsync(Clip, new ClipCommand.Pause(bench.Clock.Now, ClipPart.Whole, Ann), default);
        await ExpectAsync(bench, WaitCode.ClipPaused, "the clip is paused");
        await bench.Clips.ApplyAsync(Clip, new ClipCommand.Cancel(bench.Clock.Now, ClipPart.Whole, Ann), default);
        await ExpectAsync(bench, WaitCode.ClipStopped, "the clip is cancelled");
    }

    [Fact]
    public async Task A_task_too_big_for_every_node_says_what_it_needs()
    {
        await using var bench = await StartAsync();
        bench.Beat("n1");
        await bench.Clips.ApplyAsync(Clip, Entity.Clips.Submit with { Now = bench.Clock.Now }, default);
        await bench.Coordinator.PlannedAsync(new(Clip, "a", [new TaskPlan("a0", Needs: new ResourceRequest(4, 2, 24L << 30))]), default);
        await ExpectAsync(bench, WaitCode.TooBig, "needs 2 GPUs of 24 GiB, 4 cores, more than any of the 1 nodes");
    }

    [Fact]
    public async Task A_task_that_failed_on_the_only_node_says_when_it_is_tried_there_again()
    {
        await using var bench = await StartAsync();
        bench.Beat("n1");
        await bench.SubmitAsync(Clip, tasks: 1);
        await bench.SentAsync<TaskProtocol.Run>("the hint");
        await bench.ClaimAsync(First, Node("n1"));
        await bench.Clips.ApplyAsync(Clip, new ClipCommand.Fail(bench.Clock.Now, First, 1, FailureKind.Transient, "crashed", "", FailurePolicy.Cluster), default);
        await ExpectAsync(bench, WaitCode.Avoids, "only n1 can run it; it failed on n1 and is tried there again at ", First);
    }

    [Fact]
    public void A_task_that_failed_on_one_node_and_was_not_answered_by_the_other_tells_the_two_apart()
    {
        var world = new World().AddNode(0, World.Capacity(1)).AddNode(1, World.Capacity(1));
        var (clip, again) = (world.AddClip("failed", new(), 0, TimeSpan.FromSeconds(9)), world.Now.AddSeconds(30));
        world.Offer(clip, World.Task(0) with { Avoid = [World.Node(0)], AvoidUntil = again }, TimeSpan.FromSeconds(9));
        Assert.Equal(World.Node(1), Assert.Single(world.Scheduler.Place(world.Now)).Node);
        Assert.True(world.Scheduler.Unanswered(clip, World.Task(0).Task));
        var other = world.AddClip("other", new("", Priority: 1), 0, TimeSpan.FromSeconds(9));
        world.Offer(other, World.Task(0) with { Avoid = [World.Node(0)] }, TimeSpan.FromSeconds(9));
        Assert.Equal((other, World.Node(1)), Assert.Single(world.Place().Select(p => (p.Clip, p.Node))));

        Assert.True(world.Scheduler.TryFind(clip, World.Task(0).Task, out var item));
        var why = new PlacementExplainer(world.Scheduler, [.. Enumerable.Range(0, 2).Select(i => Known(world, i))]).Explain("s/000", item);
        Assert.Equal(WaitCode.Avoids, why.Code);
        Assert.Contains($"it failed on n00 and is tried there again at {again:HH:mm:ss}; n01 did not answer and has no room now", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_says_a_reason_per_stage_and_one_task_speaks_for_all_that_wait()
    {
        await using var bench = await StartAsync();
        bench.Beat("n1");
        await bench.SubmitAsync(Clip, tasks: 5);
        await bench.SentAsync<TaskProtocol.Run>("the hint");
        await bench.ClaimAsync(First, Node("n1"));
        await bench.Driver.IdleAsync().Within("the claim to be seen");
        var reasons = await bench.Driver.ExplainAsync(Clip, null, default);
        Assert.Equal([WaitCode.TaskRunning, WaitCode.SlotsTaken, WaitCode.StageWaits], reasons.Select(r => r.Code));
        Assert.Contains("(and 3 more tasks of the stage wait)", reasons[1].Text, StringComparison.Ordinal);
    }

    private static KnownNode Known(World world, int node) => new(World.Node(node), "1", NodeReach.Up, "", new NodeProtocol.Heartbeat(
        World.Node(node), "1", 1, "1", [], World.Capacity(1), NodeCondition.Up, [], new NodeUsage(0, 0, 0, []), "host"), world.Now, world.Now, null);

    private static async Task ExpectAsync(DriverBench bench, WaitCode code, string text, TaskId? task = null)
    {
        var why = await WhyAsync(bench, task ?? First);
        Assert.Equal((code, true), (why.Code, why.Text.Contains(text, StringComparison.Ordinal) ? true : throw new InvalidOperationException(why.Text)));
    }

    private static async Task<WaitReason> WhyAsync(DriverBench bench, TaskId? task = null)
    {
        await bench.Driver.IdleAsync().Within("the driver to follow");
        return (await bench.Driver.ExplainAsync(Clip, task ?? First, default))[0];
    }
}
