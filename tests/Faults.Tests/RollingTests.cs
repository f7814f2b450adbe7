using System.Diagnostics;
using Depth3D.Cluster.TestHost;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 12: seeds and workers restarted one after the other while a clip runs, as for a new version. Nothing is computed twice.</summary>
[Collection(FaultRun.Name)]
public sealed class RollingTests(FaultRun run)
{
    private static readonly (string, string) Slow = (ToySettings.Delay, "400");

    [SkippableFact]
    public async Task Every_process_is_replaced_while_a_clip_runs()
    {
        await using var cluster = await run.StartAsync();
        var first = await cluster.StartActiveSeedAsync("seed-1");
        var second = await cluster.StartSeedAsync("seed-2");
        var old = await cluster.StartWorkerAsync("worker-1", Slow);
        await cluster.SubmitAsync(FaultCluster.Toy);
        var computed = Computed.Count(await cluster.SaysAsync(old, "claimed left/000"));

        first.Signal("TERM");
        var stopped = Stopwatch.GetTimestamp();
        await cluster.SaysAsync(second, "active");
        var recovered = Stopwatch.GetElapsedTime(stopped);
        await first.ToEndAsync();
        var renewed = await cluster.StartSeedAsync("seed-1");
        var fresh = await cluster.StartWorkerAsync("worker-2", Slow);
        computed += await Computed.CountAsync(old);
        second.Signal("TERM");
        await cluster.SaysAsync(renewed, "active");
        await second.ToEndAsync();

        await ClusterAudit.CompletedAsync(cluster, "12 rolling restart", "seeds and worker one by one (SIGTERM)", recovered);
        Assert.Equal(ToyRecipe.TaskCount, computed + await Computed.CountAsync(fresh));
    }
}
