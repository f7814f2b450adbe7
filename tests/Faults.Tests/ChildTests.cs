using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 10: a child that never ends and has started programs of its own, one of them in a session of its own.</summary>
[Collection(FaultRun.Name)]
public sealed class ChildTests(FaultRun run)
{
    [SkippableFact]
    public async Task Nothing_of_a_task_runs_any_more_when_its_failure_is_told_and_its_slot_works_on()
    {
        await using var cluster = await run.StartAsync();
        var family = cluster.At("family");
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1", ToySettings.InChildren, (ToyFaults.Variable, $"family:*:right/000:{family}"), (ToySettings.Silence, "2"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.UntilAsync(() => Task.FromResult(File.Exists(family) && Pids(family).Length == 3), "the task to start its programs");
        var begun = Stopwatch.GetTimestamp();
        var pids = Pids(family);
        Assert.All(pids, pid => Assert.True(IsAlive(pid)));
        await cluster.StartWorkerAsync("worker-2");
        var failed = await cluster.HappensAsync<ClipEvent.TaskFailed>(FaultCluster.Toy, _ => true, "the watchdog");
        Assert.Equal("right/000", $"{failed.Task}");
        Assert.All(pids, pid => Assert.False(IsAlive(pid), $"process {pid} outlives its task"));
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task == failed.Task, "right/000 again");
        await ClusterAudit.CompletedAsync(cluster, "10 child never exits", "with two grandchildren, one in a session of its own", Stopwatch.GetElapsedTime(begun));
    }

    private static int[] Pids(string file) => [.. File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    /// <summary>A killed process stays in the table until its parent has asked for it.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }
}
