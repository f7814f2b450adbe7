using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 3: nobody answers workers for 15 s, three times their lease, while they finish what they have. Nothing is computed twice.</summary>
[Collection(FaultRun.Name)]
public sealed class OutageTests(FaultRun run)
{
    private const string Fault = "3 no coordinator for 15 s";

    /// <summary>The fault itself lasts so long.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(15);

    private static readonly TaskId Left = new("left", 0);

    private static readonly (string, string) ShortLease = (ToySettings.Lease, "5");

    /// <summary>Begins before the outage and ends in it, long after its lease.</summary>
    private static readonly (string, string)[] LongTask = [(ToySettings.Delay, "9000"), (ToySettings.DelayAt, "left/000")];

    [SkippableFact]
    public async Task All_seeds_down_costs_no_work()
    {
        await using var cluster = await run.StartAsync();
        var (worker, before) = await BeginAsync(cluster);
        await Task.Delay(Outage);
        var back = Stopwatch.GetTimestamp();
        await cluster.StartActiveSeedAsync("seed-2", ShortLease);
        await cluster.EndAsync(FaultCluster.Toy);
        var recovered = Stopwatch.GetElapsedTime(back);
        await ClusterAudit.CompletedAsync(cluster, Fault, "all seeds killed; to the end of the clip", recovered);
        Assert.Equal(ToyRecipe.TaskCount, before + await Computed.CountAsync(worker));
    }

    [SkippableFact]
    public async Task A_worker_that_is_killed_with_its_reports_unsent_delivers_them_when_it_is_back()
    {
        await using var cluster = await run.StartAsync();
        var (worker, _) = await BeginAsync(cluster);
        await cluster.SaysAsync(worker, "published left/000");
        await cluster.UntilAsync(() => Task.FromResult(cluster.UnsentOf("worker-1").Any(r => r.Task == Left)), "the report on the worker's disk");
        worker.Kill();
        var unsent = cluster.UnsentOf("worker-1");
        worker = await cluster.StartWorkerAsync("worker-1");
        var back = Stopwatch.GetTimestamp();
        await cluster.StartActiveSeedAsync("seed-2", ShortLease);
        await cluster.EndAsync(FaultCluster.Toy);
        var recovered = Stopwatch.GetElapsedTime(back);

        // What was in hand without a report at the kill is done again, and may have left a folder that counts for nothing.
        await ClusterAudit.CompletedAsync(cluster, Fault, "all seeds and the worker killed, reports unsent", recovered, orphans: 3);
        var accepted = (await cluster.EventsAsync(FaultCluster.Toy)).OfType<ClipEvent.TaskCompleted>().Select(e => (e.Task, e.Epoch));
        Assert.NotEmpty(unsent);
        Assert.Subset(accepted.ToHashSet(), unsent.ToHashSet());
    }

    [SkippableFact]
    public async Task The_broker_down_costs_no_work()
    {
        Skip.IfNot(PrivateBroker.IsInstalled && PrivatePostgres.Programs is not null, "RabbitMQ and PostgreSQL are needed");
        await using var broker = await PrivateBroker.StartAsync();
        await using var cluster = await run.StartAsync(broker.NewSpace(), await (await PrivatePostgres.SharedAsync()).CreateDatabaseAsync());
        await cluster.StartActiveSeedAsync("seed-1", ShortLease);
        var worker = await cluster.StartWorkerAsync("worker-1", LongTask);
        await cluster.SubmitAsync(FaultCluster.Toy);
        var before = Computed.Count(await cluster.SaysAsync(worker, "claimed left/000"));
        await BrokerCrashes.EndAsync(broker);
        await Task.Delay(Outage);
        await broker.StartAgainAsync();
        var back = Stopwatch.GetTimestamp();
        await cluster.EndAsync(FaultCluster.Toy);
        var recovered = Stopwatch.GetElapsedTime(back);
        await ClusterAudit.CompletedAsync(cluster, Fault, $"the broker {(BrokerCrashes.AreWanted ? "killed" : "stopped")}; to the end of the clip", recovered);
        Assert.Equal(ToyRecipe.TaskCount, before + await Computed.CountAsync(worker));
    }

    /// <summary>A worker in the middle of a task, and no seed.</summary>
    private static async Task<(HostProcess Worker, int Computed)> BeginAsync(FaultCluster cluster)
    {
        var seeds = new[] { await cluster.StartActiveSeedAsync("seed-1", ShortLease), await cluster.StartSeedAsync("seed-3", ShortLease) };
        var worker = await cluster.StartWorkerAsync("worker-1", LongTask);
        await cluster.SubmitAsync(FaultCluster.Toy);
        var before = Computed.Count(await cluster.SaysAsync(worker, "claimed left/000"));
        foreach (var seed in seeds) seed.Kill();
        return (worker, before);
    }
}
