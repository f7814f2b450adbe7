using System.Diagnostics;
using Depth3D.Cluster.Coordination;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Journal;
using Depth3D.Messages;
using Xunit.Abstractions;
using static Depth3D.Cluster.Tests.Entity.Clips;

namespace Depth3D.Cluster.Tests.Entity;

/// <summary>A clip of 100,000 tasks costs hardly more per event than a small one.</summary>
public sealed class BigClipTests(ITestOutputHelper output)
{
    /// <summary>Trees get deeper and caches miss; anything that goes through all tasks would be a hundred times slower.</summary>
    private const double MostTimesSlower = 10;

    [Fact]
    public void The_cost_of_an_event_hardly_grows_with_the_number_of_tasks()
    {
        CostOf(20_000);
        var small = Math.Min(CostOf(1_000), CostOf(1_000));
        var big = CostOf(100_000);
        output.WriteLine($"claim, renew, complete: {small:0.0} us each with 1,000 tasks, {big:0.0} us with 100,000");
        Assert.InRange(big / small, 0, MostTimesSlower);
    }

    [Fact]
    public void A_snapshot_of_a_big_clip_brings_it_back()
    {
        var state = Done(Planned(20_000), 10_000);
        var clock = Stopwatch.StartNew();
        var snapshot = SnapshotCodec.Write(state, 30_000);
        Assert.True(SnapshotCodec.TryRead(snapshot, out var again));
        output.WriteLine($"snapshot of 20,000 tasks: {snapshot.State.Length >> 10} KiB, {clock.ElapsedMilliseconds} ms there and back");
        Assert.Equal(Describe(state), Describe(again));
    }

    private static double CostOf(int tasks)
    {
        const int Measured = 1_000;
        var state = Done(Planned(tasks), tasks / 2);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Measured / 2; i++)
        {
            var id = state.Open(WorkerPool.PreprocessCpu).First;
            state = Apply(state, Claim(id));
            state = Apply(state, new ClipCommand.Renew(Now, id, 1, Lease));
            Assert.Equal(id, state.RunningIds.Single());
            Assert.Null(InputOffer.Of(state, new ClipId("big"), id).Elsewhere);
            state = Apply(state, Complete(id, 1));
        }

        return clock.Elapsed.TotalMicroseconds / (Measured / 2 * 3);
    }

    private static ClipState Planned(int tasks) =>
        After(Submit, new ClipCommand.PlanStage(Now, "a", [.. Enumerable.Range(0, tasks).Select(i => new TaskPlan($"chunk {i}"))]));

    private static ClipState Done(ClipState state, int count)
    {
        for (var i = 0; i < count; i++) state = Apply(Apply(state, Claim(new TaskId("a", i))), Complete(new TaskId("a", i), 1));
        return state;
    }
}
