using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 7: a shared file system that shows files late, never, or as a stale handle, on one node.</summary>
[Collection(FaultRun.Name)]
public sealed class StaleStoreTests(FaultRun run)
{
    [SkippableFact]
    public async Task Files_that_show_late_are_waited_for()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1", (StaleFiles.Variable, "3"));
        var begun = Stopwatch.GetTimestamp();
        await cluster.SubmitAsync(FaultCluster.Toy);
        await ClusterAudit.CompletedAsync(cluster, "7 stale store", "read misses 3 looks at every file", Stopwatch.GetElapsedTime(begun));
        Assert.DoesNotContain(await cluster.EventsAsync(FaultCluster.Toy), e => e is ClipEvent.TaskFailed or ClipEvent.Released);
    }

    [SkippableTheory]
    [InlineData("files never show", StaleFiles.Variable, "1000000000")]
    [InlineData("ESTALE when reading", ToyFaults.Variable, "stale:*:left,stale:*:right,stale:*:learn,stale:*:join")]
    public async Task A_node_that_does_not_see_them_fails_softly_and_another_does_its_tasks(string where, string variable, string value)
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1", (variable, value), (StaleFiles.Longest, "1"));
        await cluster.StartWorkerAsync("worker-2");
        await cluster.SubmitAsync(FaultCluster.Toy);
        var failed = await cluster.HappensAsync<ClipEvent.TaskFailed>(FaultCluster.Toy, _ => true, "a failure on the node that is blind");
        var noticed = Stopwatch.GetTimestamp();
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task == failed.Task, $"{failed.Task} on the other node");
        await ClusterAudit.CompletedAsync(cluster, "7 stale store", where, Stopwatch.GetElapsedTime(noticed));
        Assert.All((await cluster.EventsAsync(FaultCluster.Toy)).OfType<ClipEvent.TaskFailed>(),
            e => Assert.Equal(("worker-1", FailureKind.Transient, true), (e.Worker, e.Kind, e.WillRetry)));
    }
}
