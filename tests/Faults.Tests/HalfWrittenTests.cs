using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 6: files that are only half there, because their writer died or its disk is full.</summary>
[Collection(FaultRun.Name)]
public sealed class HalfWrittenTests(FaultRun run)
{
    [SkippableFact]
    public async Task A_file_whose_writer_died_in_the_middle_is_seen_by_nobody()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1", (ToySettings.Grace, "0"));
        var doomed = await cluster.StartWorkerAsync("worker-1", (ToyFaults.Variable, "die-writing:*:learn/001"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        Assert.Contains("dying learn/001", await doomed.ToEndAsync());
        var died = Stopwatch.GetTimestamp();
        await cluster.StartWorkerAsync("worker-2");
        await cluster.HappensAsync<ClipEvent.Claimed>(FaultCluster.Toy, e => e.Worker == "worker-2", "the other worker's claim");
        await ClusterAudit.CompletedAsync(cluster, "6 half-written file", "killed between two writes", Stopwatch.GetElapsedTime(died));
    }

    [SkippableFact]
    public async Task A_full_disk_pauses_the_nodes_and_not_the_clip()
    {
        await using var cluster = await run.StartAsync();
        using var disk = SmallDisk.Mount(cluster.Store, "800k");
        await cluster.StartActiveSeedAsync("seed-1");
        foreach (var worker in new[] { "worker-1", "worker-2" })
            await cluster.StartWorkerAsync(worker, (ToyFaults.Variable, "write-much:*:learn/000"), (ToySettings.Trouble, "0.3"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.HappensAsync<ClipEvent.Released>(
            FaultCluster.Toy, e => e.Reason.Contains("no space left", StringComparison.Ordinal), "an attempt to be given back for a full disk");
        Assert.Equal("Running", await cluster.AskAsync<string>("clip show", ("clip", "toy")));

        disk.Resize("3g");
        var freed = Stopwatch.GetTimestamp();
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task.Stage.Value == "learn", "learn/000 after the disk has room again");
        var recovered = Stopwatch.GetElapsedTime(freed);
        Assert.DoesNotContain(await cluster.EventsAsync(FaultCluster.Toy), e => e is ClipEvent.Failed);
        await ClusterAudit.CompletedAsync(cluster, "6 half-written file", "disk full after a short write", recovered);
    }
}
