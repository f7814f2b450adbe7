using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;

namespace Depth3D.Faults.Tests;

/// <summary>
/// Fault 1: SIGKILL of a worker at chosen points of an attempt, also between the rename of its files and its report. Recovery is measured to
/// the next claim of the node that is started in its place, so it includes the start of a process.
/// </summary>
[Collection(FaultRun.Name)]
public sealed class KilledWorkerTests(FaultRun run)
{
    [SkippableTheory]
    [InlineData("Claimed cut/000")]
    [InlineData("Computed left/002")]
    [InlineData("Published right/001")]
    [InlineData("Published learn/001")]
    [InlineData("Reported learn/002")]
    public async Task A_killed_workers_task_is_done_elsewhere_and_the_files_are_those_of_an_undisturbed_run(string point)
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1", (ToySettings.Grace, "0"));
        var doomed = await cluster.StartWorkerAsync("worker-1", (ToySettings.KillAt, point));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await doomed.ToEndAsync();
        var killed = Stopwatch.GetTimestamp();
        await cluster.StartWorkerAsync("worker-2");
        await cluster.HappensAsync<ClipEvent.Claimed>(FaultCluster.Toy, e => e.Worker == "worker-2", "the other worker's claim");
        var recovered = Stopwatch.GetElapsedTime(killed);
        await ClusterAudit.CompletedAsync(cluster, "1 worker killed (SIGKILL)", point, recovered, orphans: ClusterAudit.LeftByKilledWorker);
    }
}
