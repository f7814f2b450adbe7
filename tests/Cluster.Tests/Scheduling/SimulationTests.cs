using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Fixtures.Simulation;

namespace Depth3D.Cluster.Tests.Scheduling;

/// <summary>A small version of bench/Simulation: the real scheduler, registry and entities through churn, failures and urgent clips.</summary>
public sealed class SimulationTests
{
    private static readonly SimulationPlan Plan = new()
    {
        Clips = 150,
        TasksPerClip = 50,
        Nodes = 40,
        NodeLife = TimeSpan.FromMinutes(20),
        Failures = 0.01,
        Urgent = 0.04,
    };

    [Fact]
    public void Through_churn_every_task_counts_once_shares_hold_and_nobody_overtakes_an_urgent_clip()
    {
        var result = new ClusterSimulation(Plan).Run();
        Assert.Equal(Plan.Clips, result.Clips.GetValueOrDefault(ClipPhase.Completed));
        Assert.Equal(Plan.Clips * Plan.TasksPerClip, result.Tasks);
        Assert.Equal(0, result.Wrong);
        Assert.True(result.NodeDeaths > 50 && result.Attempts > result.Tasks + 100, $"{result.NodeDeaths} deaths, {result.Attempts} attempts: not much of a trial");
        Assert.InRange(result.ShareError, 0, 0.05);
        Assert.True(result.SharedTime > TimeSpan.FromHours(1), $"shares were compared over {result.SharedTime} only");
        Assert.Equal(0, result.Overtaken);
        Assert.InRange(result.LongestInversion, TimeSpan.FromTicks(1), result.LongestTask);
    }

    /// <summary>Only as many clips are in progress as the nodes can use; the others wait without tasks.</summary>
    [Fact]
    public void Twice_the_clips_do_not_mean_more_of_them_in_progress()
    {
        var plan = Plan with { Nodes = 20, Urgent = 0, NodeLife = null };
        var (some, more) = (new ClusterSimulation(plan).Run(), new ClusterSimulation(plan with { Clips = 2 * Plan.Clips }).Run());
        Assert.InRange(some.MostInProgress, 1, Plan.Clips / 2);
        Assert.InRange(more.MostInProgress, some.MostInProgress / 2, some.MostInProgress * 5 / 4);
        Assert.InRange(more.ShareError, 0, 0.05);
    }

    [Fact]
    public void The_same_plan_gives_the_same_run()
    {
        var plan = Plan with { Clips = 40 };
        var (one, other) = (new ClusterSimulation(plan).Run(), new ClusterSimulation(plan).Run());
        Assert.Equal((one.Lasted, one.Attempts, one.NodeDeaths, one.ShareError), (other.Lasted, other.Attempts, other.NodeDeaths, other.ShareError));
    }

    /// <summary>Guards against cost that grows with the number of clips; bench/Simulation measures it properly.</summary>
    [Fact]
    public void Ten_times_the_clips_do_not_cost_twice_as_much_per_task()
    {
        var plan = Plan with { Clips = 60, Urgent = 0 };
        new ClusterSimulation(plan).Run();
        var (few, many) = (new ClusterSimulation(plan).Run(), new ClusterSimulation(plan with { Clips = 600 }).Run());
        Assert.True(many.MicrosecondsPerTask < 2 * few.MicrosecondsPerTask, $"{few.MicrosecondsPerTask:F0} us per task with few clips, {many.MicrosecondsPerTask:F0} with many");
    }
}
