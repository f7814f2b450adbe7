using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 11: a clip whose task crashes whatever process computes it.</summary>
[Collection(FaultRun.Name)]
public sealed class PoisonTests(FaultRun run)
{
    private static readonly ClipId Poison = new("poison");

    [SkippableFact]
    public async Task It_fails_after_three_workers_with_their_logs_and_nobody_else_suffers()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        foreach (var worker in new[] { "worker-1", "worker-2", "worker-3" })
            await cluster.StartWorkerAsync(worker, ToySettings.InChildren, (ToyFaults.Variable, "crash:poison:cut/000"));
        var begun = Stopwatch.GetTimestamp();
        await cluster.SubmitAsync(Poison);
        await cluster.SubmitAsync(FaultCluster.Toy);
        Assert.Equal(ClipPhase.Failed, await cluster.EndAsync(Poison));
        var recovered = Stopwatch.GetElapsedTime(begun);
        await ClusterAudit.CompletedAsync(cluster, "11 poison clip", "crashes every child; the other clip goes on", recovered);

        var failure = Assert.Single((await cluster.EventsAsync(Poison)).OfType<ClipEvent.Failed>());
        Assert.Equal(["worker-1", "worker-2", "worker-3"], failure.Attempts!.Select(a => a.Worker).Order(StringComparer.Ordinal));
        Assert.All(failure.Attempts!, a => Assert.Contains("signal 11", a.Text, StringComparison.Ordinal));
        await ClusterAudit.CheckAsync(cluster, Poison, ClipPhase.Failed, expected: null);
        Assert.DoesNotContain(await cluster.Journal.StandingsAsync(CancellationToken.None), s => s.IsCordoned);
    }
}
