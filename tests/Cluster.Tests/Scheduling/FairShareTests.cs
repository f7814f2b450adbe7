using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Scheduling;

public sealed class FairShareTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Slot_time_follows_the_weights_of_projects_and_then_of_clips_however_long_tasks_are()
    {
        var options = new SchedulerOptions { AheadBelow = TimeSpan.Zero, ProjectWeights = System.Collections.Immutable.ImmutableSortedDictionary<string, int>.Empty.Add("b", 3) };
        var world = new World(options);
        for (var i = 0; i < 4; i++) world.AddNode(i, World.Capacity(2));
        var a1 = world.AddClip("a1", new("a"), 4000, Second * 2);
        var a2 = world.AddClip("a2", new("a", Weight: 2), 4000, Second * 7);
        var b1 = world.AddClip("b1", new("b"), 4000, Second);
        var b2 = world.AddClip("b2", new("b", Weight: 5), 4000, Second * 3);
        world.RunFor(Second * 2000);

        var total = world.Served.Values.Sum(s => s.TotalSeconds);
        Assert.InRange(total, 8 * 2000 * 0.99, 8 * 2000);
        foreach (var (clip, share) in new[] { (a1, 1 / 12.0), (a2, 2 / 12.0), (b1, 3 / 24.0), (b2, 15 / 24.0) })
            Assert.InRange(world.Served[clip].TotalSeconds / total, share * 0.95, share * 1.05);
    }

    [Fact]
    public void A_clip_that_comes_late_gets_its_share_from_then_on_and_nothing_for_the_past()
    {
        var world = new World();
        for (var i = 0; i < 4; i++) world.AddNode(i, World.Capacity(1));
        var early = world.AddClip("early", new(), 5000, Second);
        world.RunFor(Second * 500);
        var late = world.AddClip("late", new(), 5000, Second);
        var before = world.Served[early];
        world.RunFor(Second * 500);
        Assert.InRange(world.Served[late].TotalSeconds, 1000 * 0.95, 1000 * 1.05);
        Assert.InRange((world.Served[early] - before).TotalSeconds, 1000 * 0.95, 1000 * 1.05);
    }

    [Fact]
    public void A_higher_priority_gets_every_slot_that_becomes_free_and_waits_no_longer_than_one_chunk()
    {
        var world = new World();
        for (var i = 0; i < 4; i++) world.AddNode(i, World.Capacity(2));
        world.AddClip("low", new(), 1000, Second * 10);
        world.RunFor(Second * 95);
        var asked = world.Now;
        var high = world.AddClip("high", new(Priority: 1), 100, Second * 10);
        world.RunFor(Second * 100);
        var first = world.Placed.FindIndex(p => p.Clip == high);
        Assert.All(world.Placed.Skip(first).Take(80), p => Assert.Equal(high, p.Clip));
        Assert.True(world.Running.Values.Max(r => r.At) - asked <= Second * 100);
        Assert.InRange(world.Served[high].TotalSeconds, 700, 800);
    }

    [Fact]
    public void A_priority_changed_while_tasks_wait_counts_from_the_next_slot_on()
    {
        var world = new World().AddNode(0, World.Capacity(1));
        var (a, b) = (world.AddClip("a", new(), 10, Second), world.AddClip("b", new(), 10, Second));
        world.RunFor(Second * 4);
        world.Scheduler.SetClip(b, new ClipTerms(Priority: 5));
        world.Placed.Clear();
        world.RunFor(Second * 6);
        Assert.All(world.Placed.Take(5), p => Assert.Equal(b, p.Clip));
        Assert.Contains(world.Running.Keys.Concat(world.Served.Keys.Select(c => (c, World.Task(0).Task))), k => k.Item1 == a);
    }

    [Fact]
    public void What_was_charged_for_a_task_that_never_ran_is_given_back()
    {
        var world = new World().AddNode(0, World.Capacity(1));
        var (a, b) = (world.AddClip("a", new(), 50, Second), world.AddClip("b", new(), 50, Second));
        for (var i = 0; i < 20; i++)
        {
            var placed = Assert.Single(world.Scheduler.Place(world.Now));
            Assert.True(world.Scheduler.Unanswered(placed.Clip, placed.Task));
        }

        world.RunFor(Second * 40);
        Assert.InRange((world.Served[a] - world.Served[b]).TotalSeconds, -1, 1);
    }
}
