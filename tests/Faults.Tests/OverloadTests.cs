using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Depth3D.Cluster;
using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.TestHost;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Xunit.Abstractions;

namespace Depth3D.Faults.Tests;

/// <summary>
/// Fault 14: more work than can be done, workers that all join at once, and one that does not empty its queue. The workers are hosts in
/// this process, each with its own connections; seed, broker, database and the slow worker are processes.
/// </summary>
[Collection(FaultRun.Name)]
public sealed class OverloadTests(FaultRun run, ITestOutputHelper output)
{
    /// <summary>Environment variable: 1 for 10,000 tasks and 200 workers, which take minutes; else fewer of both.</summary>
    private const string Full = "DEPTH3D_OVERLOAD_FULL";

    private static readonly bool IsFull = Environment.GetEnvironmentVariable(Full) == "1";
    private static readonly int Workers = IsFull ? 200 : 40;
    private static readonly int Clips = (IsFull ? 10_000 : 700) / ToyRecipe.TaskCount;

    /// <summary>A node gets what its slots take and at most four more for each: three pools of one slot, and plans and orders beside.</summary>
    private const int LongestQueue = 20;

    /// <summary>What a worker waits for one answer.</summary>
    private static readonly TimeSpan LongestLease = TimeSpan.FromSeconds(10);

    [SkippableFact]
    public async Task Nothing_is_lost_and_queues_stay_short()
    {
        // As many threads as so many processes would have; one process gets few and more but slowly.
        ThreadPool.SetMinThreads(Workers * 2, Workers * 2);
        var clips = Clips;
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        var frozen = await cluster.StartWorkerAsync("slow", ("DEPTH3D_SLOTS", "preprocess-cpu=1,trainer=0,render=0"));
        using var times = new ClaimTimes();
        var desk = new QueueLengths(cluster.Broker, Enumerable.Range(0, Workers).Select(NameOf).Append("slow"));
        var begun = Stopwatch.GetTimestamp();
        frozen.Signal("STOP");
        var joining = Task.WhenAll(Enumerable.Range(0, Workers).Select(i => JoinAsync(cluster, i)));
        var options = JsonSerializer.Serialize(new DepthOptions { SourcePath = cluster.Source }, JsonSerializerOptions.Web);
        await Parallel.ForEachAsync(Enumerable.Range(0, clips), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            // Each is submitted twice, as by a client whose first answer came too late.
            foreach (var again in new[] { false, true })
                Assert.Equal(ExitCode.Success, (await cluster.AskAsync("clip submit", ("clip", $"clip-{i}"), ("options", options), ("key", $"key-{i}"))).ExitCode);
        });
        var submitted = Stopwatch.GetElapsedTime(begun);
        var workers = await joining;
        try
        {
            var joined = Stopwatch.GetElapsedTime(begun);
            frozen.Signal("CONT");
            await CompleteAsync(cluster, desk, clips);
            var took = Stopwatch.GetElapsedTime(begun);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Workers} workers joined in {joined.TotalSeconds:0.0} s; {clips} clips submitted twice in {submitted.TotalSeconds:0.0} s; {clips * ToyRecipe.TaskCount} tasks in {took.TotalSeconds:0.0} s, "
                + $"{clips * ToyRecipe.TaskCount / took.TotalSeconds:0} per second; lease p50 {times.Quantile(0.5):0.000} s, p99 {times.Quantile(0.99):0.000} s; longest queue of a node {desk.Longest}"));
            var (lost, doubled) = await AuditAsync(cluster, clips);
            run.Table.Add(new FaultRow("14 overload", string.Create(CultureInfo.InvariantCulture,
                $"{clips * ToyRecipe.TaskCount} tasks, {Workers} workers join at once, lease p99 {times.Quantile(0.99):0.0} s"), took, lost, doubled));
            Assert.Equal((0, 0), (lost, doubled));
            Assert.InRange(desk.Longest, 0, LongestQueue);
            Assert.InRange(times.Quantile(0.99), 0, LongestLease.TotalSeconds);
        }
        finally
        {
            await Task.WhenAll(workers.Select(w => w.DisposeAsync().AsTask()));
        }
    }

    /// <summary>As long as one clip after the other completes, all is well, however long it takes.</summary>
    private static async Task CompleteAsync(FaultCluster cluster, QueueLengths desk, int clips)
    {
        for (var done = 0; done < clips;)
        {
            var before = done;
            await cluster.UntilAsync(async () =>
            {
                await desk.LookAsync();
                var all = await cluster.Journal.ListAsync(CancellationToken.None);
                Assert.Equal(clips, all.Count);
                Assert.DoesNotContain(all, c => c.Summary.Phase is ClipPhase.Failed or ClipPhase.Cancelled);
                return (done = all.Count(c => c.Summary.Phase == ClipPhase.Completed)) > before;
            }, $"clip {before + 1} of {clips} to complete");
        }
    }

    private static async Task<WorkerHost> JoinAsync(FaultCluster cluster, int index)
    {
        var name = NameOf(index);
        var setup = new WorkerSetup
        {
            Options = new ClusterOptions
            {
                Node = new NodeId(name),
                Roles = ["preprocess", "trainer", "render"],
                Broker = cluster.Broker,
                StoreRoot = cluster.Store,
                StateFolder = cluster.StateOf(name),
                InProcess = true,
                Shards = FaultCluster.Shards,
                Slots = new Dictionary<WorkerPool, int> { [WorkerPool.PreprocessCpu] = 1, [WorkerPool.Trainer] = 1, [WorkerPool.Render] = 1 }.ToImmutableSortedDictionary(),
            },
            Stages = StageBook.Of([new Recipe(RecipeNames.Depth, ToyRecipe.Stages())]),
            Transport = new RabbitMqTransport(cluster.Broker, name),
        };
        return await WorkerHost.StartAsync(setup, CancellationToken.None).Within($"{name} to join");
    }

    /// <summary>Every clip by its journal; every seventieth by its files as well, which all are alike.</summary>
    private async Task<(int Lost, int Doubled)> AuditAsync(FaultCluster cluster, int clips)
    {
        var (lost, doubled) = (0, 0);
        for (var i = 0; i < clips; i++)
        {
            var clip = new ClipId($"clip-{i}");
            var events = await cluster.EventsAsync(clip);
            Assert.Empty(Attempts.Check(events));
            Assert.Single(events.OfType<ClipEvent.Submitted>());
            var done = events.OfType<ClipEvent.TaskCompleted>().Select(e => e.Task).ToArray();
            lost += ToyRecipe.TaskCount - done.Distinct().Count();
            doubled += done.Length - done.Distinct().Count();
            if (i % 70 != 0) continue;
            var result = await ClusterAudit.CheckAsync(cluster, clip, ClipPhase.Completed, await run.UndisturbedAsync(clip));
            (lost, doubled) = (lost + result.Lost.Count, doubled + result.Doubled.Count);
        }

        return (lost, doubled);
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"worker-{index}");
}
