using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 4: a worker that stands still (SIGSTOP) beyond its lease with a result in hand, and wakes up when the task is done elsewhere.</summary>
[Collection(FaultRun.Name)]
public sealed class ZombieTests(FaultRun run)
{
    [SkippableFact]
    public async Task A_frozen_worker_that_wakes_up_learns_of_the_fence_and_leaves_nothing()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1", (ToySettings.Lease, "3"), (ToySettings.Grace, "0"));
        var task = new TaskId("cut", 0);
        var zombie = await cluster.StartWorkerAsync("worker-1", (ToySettings.FreezeAt, $"Computed {task}"), ("DEPTH3D_BROKER_HEARTBEAT_SECONDS", "1"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.SaysAsync(zombie, "freezing");
        var frozen = Stopwatch.GetTimestamp();
        await cluster.StartWorkerAsync("worker-2");
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task == task && e.Epoch == 2, "the task to be done elsewhere");
        var recovered = Stopwatch.GetElapsedTime(frozen);
        zombie.Signal("CONT");
        await cluster.SaysAsync(zombie, $"awake {task}");
        await ClusterAudit.CompletedAsync(cluster, "4 worker frozen (SIGSTOP) beyond its lease", $"Computed {task}; to the result elsewhere", recovered);

        Assert.Contains(await cluster.EventsAsync(FaultCluster.Toy), e => e is ClipEvent.Released { Epoch: 1 } released && released.Task == task);
        Assert.False(Directory.Exists(ArtifactStore.Attach(cluster.Store).Paths.Published(FaultCluster.Toy, task, 1)));
        zombie.Signal("TERM");
        Assert.DoesNotContain(await zombie.ToEndAsync(), l => l == $"published {task}");
    }
}
