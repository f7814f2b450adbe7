using System.Diagnostics;
using System.Text.Json;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 15: commands at the worst moment. The state table itself is tested exhaustively beside the entity.</summary>
[Collection(FaultRun.Name)]
public sealed class OperatorFaultTests(FaultRun run)
{
    private const string Fault = "15 operator error";

    [SkippableFact]
    public async Task A_result_on_its_way_while_the_clip_is_cancelled_counts_once_and_the_clip_can_go_on()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        var worker = await cluster.StartWorkerAsync("worker-1", (ToySettings.FreezeAt, "Published learn/001"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        await cluster.SaysAsync(worker, "freezing learn/001");
        await OkAsync(cluster, "clip cancel", ("clip", "toy"));
        Assert.Equal(ClipPhase.Cancelled, await cluster.EndAsync(FaultCluster.Toy));
        worker.Signal("CONT");
        await cluster.SaysAsync(worker, "awake learn/001");
        var begun = Stopwatch.GetTimestamp();
        await OkAsync(cluster, "clip resume", ("clip", "toy"));
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => $"{e.Task}" == "learn/001", "the result of learn/001");
        await ClusterAudit.CompletedAsync(cluster, Fault, "cancelled between rename and report", Stopwatch.GetElapsedTime(begun));
    }

    [SkippableFact]
    public async Task A_pause_at_any_moment_hands_nothing_out_and_loses_nothing()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        foreach (var name in new[] { "worker-1", "worker-2" }) await cluster.StartWorkerAsync(name, (ToySettings.Delay, "60"));
        var begun = Stopwatch.GetTimestamp();
        await cluster.SubmitAsync(FaultCluster.Toy);
        for (var pauses = 1; pauses <= 5; pauses++)
        {
            var done = pauses;
            await cluster.UntilAsync(async () => (await cluster.EventsAsync(FaultCluster.Toy)).OfType<ClipEvent.TaskCompleted>().Count() >= done, $"result {done}");
            await OkAsync(cluster, "clip pause", ("clip", "toy"));
            await OkAsync(cluster, "clip resume", ("clip", "toy"));
        }

        await ClusterAudit.CompletedAsync(cluster, Fault, "paused 5 times while work is handed out", Stopwatch.GetElapsedTime(begun));
        var isHeld = false;
        foreach (var happened in await cluster.EventsAsync(FaultCluster.Toy))
        {
            isHeld = happened switch { ClipEvent.Held => true, ClipEvent.Unheld => false, _ => isHeld };
            Assert.False(isHeld && happened is ClipEvent.Claimed, $"claimed while paused: {happened}");
        }
    }

    [SkippableFact]
    public async Task What_was_eaten_can_be_tried_again_while_nothing_has_used_that()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1", (ToySettings.Grace, "0"));
        var bad = await cluster.StartWorkerAsync("worker-1", (ToyFaults.Variable, "bad:*:left/002"));
        await cluster.SubmitAsync(FaultCluster.Toy);
        Assert.Equal(ClipPhase.Failed, await cluster.EndAsync(FaultCluster.Toy));
        bad.Kill();
        var begun = Stopwatch.GetTimestamp();
        await OkAsync(cluster, "clip pause", ("clip", "toy"));
        await OkAsync(cluster, "clip eat", ("clip", "toy"), ("task", "left/002"));
        await OkAsync(cluster, "clip retry", ("clip", "toy"), ("task", "left/002"));
        await cluster.StartWorkerAsync("worker-2");
        await OkAsync(cluster, "clip resume", ("clip", "toy"));
        await ClusterAudit.CompletedAsync(cluster, Fault, "eaten, then tried again", Stopwatch.GetElapsedTime(begun), orphans: ClusterAudit.LeftByKilledWorker);
        Assert.NotEqual(ExitCode.Success, (await cluster.AskAsync("clip eat", ("clip", "toy"), ("task", "left/002"))).ExitCode);
    }

    [SkippableFact]
    public async Task Collecting_garbage_takes_nothing_from_tasks_that_run()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1", (ToySettings.Delay, "100"));
        var begun = Stopwatch.GetTimestamp();
        await cluster.SubmitAsync(FaultCluster.Toy);
        var rounds = 0;
        for (var ended = false; !ended; rounds++)
        {
            await OkAsync(cluster, "store gc", ("clip", "toy"));
            ended = (await cluster.EventsAsync(FaultCluster.Toy)).Any(e => e is ClipEvent.Completed or ClipEvent.Failed);
        }

        await ClusterAudit.CompletedAsync(cluster, Fault, "store gc again and again while tasks run", Stopwatch.GetElapsedTime(begun));
        Assert.True(rounds > 3, $"{rounds} rounds");
        Assert.DoesNotContain(await cluster.EventsAsync(FaultCluster.Toy), e => e is ClipEvent.TaskFailed or ClipEvent.Released);
    }

    [SkippableFact]
    public async Task The_same_key_submitted_by_many_at_once_is_one_clip()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("worker-1");
        var options = JsonSerializer.Serialize(new DepthOptions { SourcePath = cluster.Source }, JsonSerializerOptions.Web);
        var begun = Stopwatch.GetTimestamp();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            cluster.AskAsync("clip submit", ("clip", i % 2 == 0 ? "toy" : $"other-{i}"), ("options", options), ("key", "one"))));
        var clips = await cluster.Journal.ListAsync(CancellationToken.None);
        Assert.Single(clips);
        var winner = clips[0].Clip;
        Assert.All(replies.Where(r => r.ExitCode == ExitCode.Success), r => Assert.Contains($"\"{winner}\"", r.Json!, StringComparison.Ordinal));
        Assert.Contains(replies, r => r.ExitCode == ExitCode.Success);
        Assert.Equal(ClipPhase.Completed, await cluster.EndAsync(winner));
        var result = await ClusterAudit.CheckAsync(cluster, winner, ClipPhase.Completed, await run.UndisturbedAsync(winner));
        run.Table.Add(new FaultRow(Fault, "one key submitted 20 times at once", Stopwatch.GetElapsedTime(begun), result.Lost.Count, result.Doubled.Count));
        Assert.Empty(result.Lost.Concat(result.Doubled));
    }

    private static async Task OkAsync(FaultCluster cluster, string command, params (string Name, string Value)[] arguments)
    {
        var reply = await cluster.AskAsync(command, arguments);
        Assert.True(reply.ExitCode == ExitCode.Success, $"{command}: {reply.Error}");
    }
}
