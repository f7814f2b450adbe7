using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 2: reports that get lost, come twice, overtake each other, or come after somebody else has done the task.</summary>
[Collection(FaultRun.Name)]
public sealed class ReportTests(FaultRun run)
{
    private const string Fault = "2 report lost, doubled, reordered, late";

    [SkippableTheory]
    [InlineData("lost", "lost ")]
    [InlineData("doubled", "doubled ")]
    [InlineData("reordered", "overtaking ")]
    public async Task Whatever_happens_to_reports_every_task_is_computed_and_accepted_once(string mode, string sign)
    {
        await using var cluster = await run.StartAsync();
        var seed = await cluster.StartActiveSeedAsync("seed-1", (ToySettings.Reports, mode));
        var worker = await cluster.StartWorkerAsync("worker-1", (ToySettings.Request, "1"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.SaysAsync(seed, sign);
        var injected = Stopwatch.GetTimestamp();
        await cluster.EndAsync(FaultCluster.Toy);
        var recovered = Stopwatch.GetElapsedTime(injected);
        await ClusterAudit.CompletedAsync(cluster, Fault, $"reports {mode} before the seed", recovered);
        Assert.Equal(ToyRecipe.TaskCount, await Computed.CountAsync(worker));
    }

    [SkippableFact]
    public async Task A_late_report_is_refused_and_the_accepted_one_again_gets_the_same_answer()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1", (ToySettings.Grace, "0"));
        var task = new TaskId("right", 1);
        var doomed = await cluster.StartWorkerAsync("worker-1", (ToySettings.KillAt, $"Published {task}"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await doomed.ToEndAsync();
        var killed = Stopwatch.GetTimestamp();
        await cluster.StartWorkerAsync("worker-2");
        var accepted = await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task == task, $"{task} to be done elsewhere");
        var recovered = Stopwatch.GetElapsedTime(killed);
        Assert.Equal(2, accepted.Epoch);

        Assert.Equal(Refusal.Superseded, await AnswerAsync(cluster, accepted, 1));
        Assert.Null(await AnswerAsync(cluster, accepted, 2));
        Assert.Equal(Refusal.Superseded, await AnswerAsync(cluster, accepted, 3));
        await cluster.EndAsync(FaultCluster.Toy);
        await ClusterAudit.CompletedAsync(cluster, Fault, $"report of attempt 1 of {task} after attempt 2", recovered, orphans: ClusterAudit.LeftByKilledWorker);
    }

    private static async Task<Refusal?> AnswerAsync(FaultCluster cluster, ClipEvent.TaskCompleted accepted, long epoch) =>
        (await cluster.ReportAsync(new(FaultCluster.Toy, accepted.Task, epoch, accepted.Files))).Refusal;
}
