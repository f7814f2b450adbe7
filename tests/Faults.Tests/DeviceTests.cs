using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 9: a device that hangs, is lost, or computes wrongly. The workers compute in child processes, as real nodes do.</summary>
[Collection(FaultRun.Name)]
public sealed class DeviceTests(FaultRun run)
{
    private const string Fault = "9 GPU hangs, lost, wrong";

    [SkippableFact]
    public async Task A_task_that_makes_no_progress_is_ended_and_done_elsewhere()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1", ToySettings.InChildren, (ToyFaults.Variable, "hang:*:learn/000"), (ToySettings.Silence, "2"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.HappensAsync<ClipEvent.Claimed>(FaultCluster.Toy, e => e.Task.Stage.Value == "learn", "learn/000 to hang");
        var hangs = Stopwatch.GetTimestamp();
        await cluster.StartWorkerAsync("worker-2");
        var failed = await cluster.HappensAsync<ClipEvent.TaskFailed>(FaultCluster.Toy, _ => true, "the watchdog");
        Assert.Contains("no sign of life for 2 s", failed.Text, StringComparison.Ordinal);
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task == failed.Task, "learn/000 on the other node");
        await ClusterAudit.CompletedAsync(cluster, Fault, "hangs without a sign of life", Stopwatch.GetElapsedTime(hangs));
    }

    [SkippableFact]
    public async Task A_node_whose_device_is_lost_is_cordoned_and_the_clips_go_on()
    {
        ClipId[] clips = [FaultCluster.Toy, new("toy-b"), new("toy-c"), new("toy-d")];
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1", (ToyFaults.Variable, "lost:*:*"));
        await cluster.StartWorkerAsync("worker-2");
        var begun = Stopwatch.GetTimestamp();
        foreach (var clip in clips) await cluster.SubmitAsync(clip);
        await cluster.UntilAsync(async () => (await cluster.Journal.StandingsAsync(CancellationToken.None)).Any(s => s.Node.Value == "worker-1" && s.IsCordoned),
            "the sick node to be cordoned");
        var cordoned = Stopwatch.GetElapsedTime(begun);
        foreach (var clip in clips.Skip(1))
        {
            Assert.Equal(ClipPhase.Completed, await cluster.EndAsync(clip));
            var result = await ClusterAudit.CheckAsync(cluster, clip, ClipPhase.Completed, await run.UndisturbedAsync(clip));
            Assert.Empty(result.Lost.Concat(result.Doubled).Concat(result.Orphans));
        }

        await ClusterAudit.CompletedAsync(cluster, Fault, "device lost: node cordoned, 4 clips go on", cordoned);
    }

    [SkippableFact]
    public async Task What_a_device_that_computes_wrongly_made_is_published_nowhere()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1", ToySettings.InChildren, (ToyFaults.Variable, "wrong:*:learn"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        var failed = await cluster.HappensAsync<ClipEvent.TaskFailed>(FaultCluster.Toy, _ => true, "the canary");
        var noticed = Stopwatch.GetTimestamp();
        Assert.Contains("computes wrongly", failed.Text, StringComparison.Ordinal);
        await cluster.StartWorkerAsync("worker-2");
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task == failed.Task, "learn/000 on the healthy node");
        await ClusterAudit.CompletedAsync(cluster, Fault, "wrong result, seen by the canary", Stopwatch.GetElapsedTime(noticed));
        Assert.DoesNotContain((await cluster.EventsAsync(FaultCluster.Toy)).OfType<ClipEvent.TaskCompleted>().SelectMany(e => e.Files), f => f.Name == "damage.txt");
    }
}
