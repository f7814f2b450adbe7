using System.Diagnostics;
using System.Globalization;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 13, second half: somebody sets the clocks of seed and workers by an hour.</summary>
[Collection(FaultRun.Name)]
public sealed class ClockTests(FaultRun run)
{
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_jumps_neither_frees_nor_freezes_a_lease(int hours)
    {
        await using var cluster = await run.StartAsync();
        var clock = cluster.At("clock");
        await cluster.StartActiveSeedAsync("seed-1", (JumpingClock.Variable, clock), (ToySettings.Lease, "4"));
        var frozen = await cluster.StartWorkerAsync("worker-1", (JumpingClock.Variable, clock), (ToyFaults.Variable, "slow:*:cut/000:6000,slow:*:learn/000:60000"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.HappensAsync<ClipEvent.Claimed>(FaultCluster.Toy, e => $"{e.Task}" == "cut/000", "a task that outlasts its lease");
        await File.WriteAllTextAsync(clock, hours.ToString(CultureInfo.InvariantCulture));
        await cluster.HappensAsync<ClipEvent.Claimed>(FaultCluster.Toy, e => $"{e.Task}" == "learn/000", "the work to reach a task that never ends");
        Assert.DoesNotContain(await cluster.EventsAsync(FaultCluster.Toy), e => e is ClipEvent.Released or ClipEvent.TaskFailed);

        frozen.Signal("STOP");
        await File.WriteAllTextAsync(clock, (-hours).ToString(CultureInfo.InvariantCulture));
        var stopped = Stopwatch.GetTimestamp();
        await cluster.StartWorkerAsync("worker-2");
        var freed = await cluster.HappensAsync<ClipEvent.Released>(FaultCluster.Toy, e => $"{e.Task}" == "learn/000", "the lease to run out");
        await cluster.HappensAsync<ClipEvent.Claimed>(FaultCluster.Toy, e => $"{e.Task}" == "learn/000" && e.Worker == "worker-2", "the other worker");
        var recovered = Stopwatch.GetElapsedTime(stopped);
        Assert.Contains("its lease ran out", freed.Reason, StringComparison.Ordinal);
        frozen.Signal("CONT");
        await ClusterAudit.CompletedAsync(cluster, "13 clock jump", $"{hours:+0;-0} h while a lease runs, then {-hours:+0;-0} h", recovered);
    }
}
