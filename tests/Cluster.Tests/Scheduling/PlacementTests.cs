using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Scheduling;

public sealed class PlacementTests
{
    private const long Gib = 1L << 30;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ClipId Clip = new("c");

    [Theory]
    [InlineData(1, 3)]
    [InlineData(0, 6)]
    public void A_big_task_is_not_starved_by_small_ones(int priority, int longestWait)
    {
        var world = new World().AddNode(0, World.Capacity(4, cpus: 4)).AddNode(1, World.Capacity(4, cpus: 2));
        world.AddClip("small", new("a"), 400, Second * 3);
        world.RunFor(Second * 10);
        var asked = world.Now;
        var big = world.AddClip("big", new("b", priority), 1, Second, new ResourceRequest(4));
        while (!world.Running.Keys.Any(r => r.Clip == big)) Assert.True(world.Step() && world.Place() is not null);
        Assert.InRange(world.Now - asked, TimeSpan.Zero, Second * longestWait);
        Assert.Equal(World.Node(0), world.Running.Single(r => r.Key.Clip == big).Value.Node);
    }

    [Fact]
    public void The_smallest_GPU_that_suffices_is_taken_and_work_without_one_goes_where_none_is()
    {
        var world = new World().AddNode(0, World.Capacity(4, 8, 0, 80 * Gib, 80 * Gib)).AddNode(1, World.Capacity(4, 8, 0, 24 * Gib)).AddNode(2, World.Capacity(4, 8));
        world.AddClip("a", new(), 1, Second, new ResourceRequest(1, 1, 16 * Gib));
        world.AddClip("b", new(), 1, Second, new ResourceRequest(1, 1, 40 * Gib));
        world.AddClip("c", new(), 2, Second);
        var placed = world.Place().ToLookup(p => p.Clip.Value, p => p.Node);
        Assert.Equal([World.Node(1)], placed["a"]);
        Assert.Equal([World.Node(0)], placed["b"]);
        Assert.Equal([World.Node(2), World.Node(2)], placed["c"]);
    }

    [Fact]
    public void A_task_that_fits_exactly_fits()
    {
        foreach (var bytes in new[] { 1L, 17, 999_999_999, 24 * Gib, 25_757_220_864, (1L << 40) + 1 })
        {
            var world = new World().AddNode(0, World.Capacity(1, 1, bytes, bytes));
            world.AddClip("a", new(), 1, Second, new ResourceRequest(1, 1, bytes, bytes));
            Assert.Single(world.Place());
        }
    }

    [Fact]
    public void After_it_ran_out_of_memory_only_a_bigger_node_qualifies()
    {
        var world = new World().AddNode(0, World.Capacity(2, 4, 16 * Gib)).AddNode(1, World.Capacity(2, 4, 16 * Gib));
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.Offer(Clip, World.Task(0) with { AboveMemory = 16 * Gib }, Second);
        Assert.Empty(world.Place());
        world.AddNode(2, World.Capacity(1, 4, 64 * Gib));
        Assert.Equal(World.Node(2), Assert.Single(world.Place()).Node);
    }

    [Fact]
    public void A_link_of_a_chain_goes_to_the_node_of_the_one_before_it_when_that_has_room()
    {
        var world = new World().AddNode(0, World.Capacity(1)).AddNode(1, World.Capacity(1)).AddNode(2, World.Capacity(1));
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.Offer(Clip, World.Task(1) with { Warm = World.Node(2) }, Second);
        Assert.Equal(World.Node(2), Assert.Single(world.Place()).Node);
        world.Offer(Clip, World.Task(2) with { Warm = World.Node(2) }, Second);
        Assert.NotEqual(World.Node(2), Assert.Single(world.Place()).Node);
    }

    [Fact]
    public void A_node_on_which_a_task_failed_is_taken_only_when_no_other_could_run_it()
    {
        var world = new World().AddNode(0, World.Capacity(1)).AddNode(1, World.Capacity(1));
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.AddClip("busy", new(Priority: 1), 1, Second * 5);
        Assert.Equal(World.Node(0), Assert.Single(world.Place()).Node);
        world.Offer(Clip, World.Task(0) with { Avoid = [World.Node(1)] }, Second);
        Assert.Empty(world.Place());
        world.Offer(Clip, World.Task(1), Second);
        Assert.Equal(World.Task(1).Task, Assert.Single(world.Place()).Task);
        world.Scheduler.SetNode(World.Node(0), World.Capacity(1), takesWork: false);
        Assert.True(world.Step());
        Assert.Equal((World.Task(0).Task, World.Node(1)), Assert.Single(world.Place().Select(p => (p.Task, p.Node))));
    }

    [Fact]
    public void The_only_node_gets_a_task_that_failed_there_again_after_a_pause_and_another_node_at_once()
    {
        var failed = World.Task(0) with { Avoid = [World.Node(0)], AvoidUntil = new World().Now + Second };
        var world = new World().AddNode(0, World.Capacity(2));
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.Offer(Clip, failed, Second);
        world.Offer(Clip, World.Task(1), Second);
        Assert.Equal(World.Task(1).Task, Assert.Single(world.Place()).Task);
        Assert.True(world.Step());
        Assert.Equal(World.Task(0).Task, Assert.Single(world.Place()).Task);

        world = new World().AddNode(0, World.Capacity(1));
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.Offer(Clip, failed, Second);
        Assert.Empty(world.Place());
        world.AddNode(1, World.Capacity(1));
        Assert.Equal(World.Node(1), Assert.Single(world.Place()).Node);
    }

    [Fact]
    public void A_pause_longer_than_any_is_a_clock_that_was_set_back()
    {
        var world = new World().AddNode(0, World.Capacity(1));
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.Offer(Clip, World.Task(0) with { Avoid = [World.Node(0)], AvoidUntil = world.Now.AddHours(1) }, Second);
        Assert.Single(world.Place());
    }

    [Fact]
    public void A_node_that_does_not_answer_is_asked_last()
    {
        var world = new World().AddNode(0, World.Capacity(1)).AddNode(1, World.Capacity(1));
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.Scheduler.Offer(Clip, World.Task(0));
        var asked = new List<NodeId>();
        for (var i = 0; i < 3; i++)
        {
            var placed = Assert.Single(world.Scheduler.Place(world.Now));
            Assert.Equal(i, placed.Try);
            Assert.True(world.Scheduler.AwaitsClaim(Clip, placed.Task, i));
            Assert.True(world.Scheduler.Unanswered(Clip, placed.Task));
            asked.Add(placed.Node);
        }

        Assert.Equal([World.Node(0), World.Node(1)], asked.Take(2));
    }

    [Fact]
    public void What_a_node_has_not_claimed_when_it_stops_taking_work_goes_elsewhere_and_what_it_runs_stays()
    {
        var world = new World().AddNode(0, World.Capacity(2));
        world.AddClip("run", new(), 1, Second * 9);
        world.Place();
        var waiting = world.AddClip("wait", new(), 1, Second);
        Assert.Single(world.Scheduler.Place(world.Now));
        world.AddNode(1, World.Capacity(2));
        world.Scheduler.SetNode(World.Node(0), World.Capacity(2), takesWork: false);
        Assert.Equal((waiting, World.Node(1)), Assert.Single(world.Place().Select(p => (p.Clip, p.Node))));
        Assert.Single(world.Scheduler.RunningOn(World.Node(0)));
    }

    [Fact]
    public void A_claim_by_another_node_than_the_one_asked_is_booked_there()
    {
        var world = new World().AddNode(0, World.Capacity(1)).AddNode(1, World.Capacity(1));
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.Scheduler.Offer(Clip, World.Task(0));
        Assert.Equal(World.Node(0), Assert.Single(world.Scheduler.Place(world.Now)).Node);
        world.Scheduler.Started(Clip, World.Task(0), World.Node(1), 1, world.Now);
        world.Scheduler.Offer(Clip, World.Task(1));
        world.Scheduler.Offer(Clip, World.Task(2));
        Assert.Equal(World.Node(0), Assert.Single(world.Scheduler.Place(world.Now)).Node);
    }

    [Fact]
    public void A_node_unknown_to_this_coordinator_holds_what_the_journal_says_and_its_room_counts_when_it_is_heard()
    {
        var world = new World();
        world.Scheduler.SetClip(Clip, new ClipTerms());
        world.Scheduler.Started(Clip, World.Task(0), World.Node(0), 4, world.Now);
        world.Scheduler.Offer(Clip, World.Task(1));
        Assert.Empty(world.Place());
        world.AddNode(0, World.Capacity(1));
        Assert.Empty(world.Place());
        Assert.Equal((Clip, World.Task(0).Task, 4L), Assert.Single(world.Scheduler.RunningOn(World.Node(0)).Select(r => (r.Clip, r.Task, r.Epoch))));
        world.Scheduler.Ended(Clip, World.Task(0).Task, world.Now, isTypical: false);
        Assert.Single(world.Scheduler.Place(world.Now));
    }

    [Fact]
    public void Quick_tasks_are_placed_ahead_and_slow_ones_are_not()
    {
        var world = new World(new SchedulerOptions()).AddNode(0, World.Capacity(2));
        world.AddClip("quick", new(), 30, Second * 0.5);
        Assert.Equal(2, world.Place().Count);
        world.RunFor(Second * 0.5);
        Assert.Equal(4, world.Running.Count);
        world.RunFor(Second * 20);
        Assert.Empty(world.Running);

        world.AddClip("slow", new(), 200, Second * 20);
        world.RunFor(Second * 400);
        Assert.Equal(2, world.Running.Count);
    }

    [Theory]
    [InlineData(WorkerPool.Render, 2, 0)]
    [InlineData(WorkerPool.Render, 0.5, 1)]
    [InlineData(WorkerPool.Render, 0.1, 3)]
    [InlineData(WorkerPool.Render, 0.01, 6)]
    [InlineData(WorkerPool.Trainer, 0.1, 0)]
    public void The_shorter_tasks_are_the_more_of_them_a_slot_has_ahead(WorkerPool pool, double seconds, int ahead)
    {
        var book = new PoolBook(pool, new SchedulerOptions());
        Assert.Equal(ahead > 0, book.Note(seconds));
        Assert.Equal(ahead, book.AheadPerSlot);
        // A mean that moves by less than the margin changes nothing, though it crosses the limit of one second or of one task more.
        Assert.DoesNotContain(true, Enumerable.Range(0, 100).Select(i => book.Note(seconds * (i % 2 == 0 ? 0.9 : 1.1))));
    }
}
