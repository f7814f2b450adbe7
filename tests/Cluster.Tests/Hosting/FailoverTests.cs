using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Xunit.Abstractions;

namespace Depth3D.Cluster.Tests.Hosting;

/// <summary>Processes that are killed while they work. Each ends in the audit, and the files are those of an undisturbed run.</summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    /// <summary>Long enough to be in the middle of, short enough for a test.</summary>
    private static readonly (string, string) Slow = (ToyDelay, "300");

    /// <summary>Quiet, both take well under a second; bench/Messaging measures that. Silence would take 10 s, a lease 30 s.</summary>
    private static readonly TimeSpan LongestOnABusyMachine = TimeSpan.FromSeconds(4);

    private const string ToyDelay = "TOY_DELAY";

    [SkippableFact]
    public async Task A_killed_workers_task_runs_elsewhere_long_before_its_lease_or_its_silence_is_over()
    {
        await using var bench = await ClusterBench.StartAsync();
        var seed = await bench.StartSeedAsync("seed-1", s => s with { Nodes = s.Nodes with { Grace = TimeSpan.Zero } });
        await ClusterBench.UntilAsync(() => seed.Health.IsActive, "the seed to be active");
        var doomed = await bench.StartProcessAsync("worker-1", "preprocess,trainer,render", (ToyDelay, "60000"));
        await bench.SubmitAsync(seed, "toy");
        await doomed.UntilAsync("claimed cut/000");
        await bench.StartProcessAsync("worker-2", "preprocess,trainer,render");
        doomed.Kill();
        var killed = Stopwatch.GetTimestamp();
        await ClusterBench.UntilAsync(async () => (await EventsAsync(bench)).Any(e => e is ClipEvent.Claimed { Worker: "worker-2" }), "the other worker");
        var failover = Stopwatch.GetElapsedTime(killed);
        output.WriteLine($"kill -9 of a worker: its task was claimed elsewhere after {failover.TotalMilliseconds:0} ms");
        Assert.Equal(ClipPhase.Completed, await bench.EndAsync("toy"));
        await bench.AuditAsync("toy");
        Assert.True(failover < LongestOnABusyMachine, $"{failover}");
    }

    [SkippableFact]
    public async Task When_the_active_seed_is_killed_another_goes_on_and_nothing_is_done_twice()
    {
        await using var bench = await ClusterBench.StartAsync();
        var doomed = await bench.StartProcessAsync("seed-1", "seed");
        await doomed.UntilAsync("active");
        var standby = await bench.StartSeedAsync("seed-2");
        await bench.StartWorkerAsync("worker-1", (_, cancellation) => Task.Delay(300, cancellation));
        await bench.SubmitAsync(standby, "toy");
        await ClusterBench.UntilAsync(async () => (await EventsAsync(bench)).Any(e => e is ClipEvent.TaskCompleted), "the first result");
        doomed.Kill();
        var killed = Stopwatch.GetTimestamp();
        await ClusterBench.UntilAsync(() => standby.Health.IsActive, "the standby to be active");
        var failover = Stopwatch.GetElapsedTime(killed);
        output.WriteLine($"kill -9 of the active seed: another was active after {failover.TotalMilliseconds:0} ms");
        Assert.Equal(ClipPhase.Completed, await bench.EndAsync("toy"));
        await bench.AuditAsync("toy");
        Assert.Equal(Enumerable.Repeat(1L, ToyRecipe.TaskCount), (await EventsAsync(bench)).OfType<ClipEvent.TaskCompleted>().Select(e => e.Epoch));
        Assert.True(failover < LongestOnABusyMachine, $"{failover}");
    }

    [SkippableFact]
    public async Task A_frozen_seed_that_wakes_up_is_fenced_and_resigns()
    {
        await using var bench = await ClusterBench.StartAsync();
        var frozen = await bench.StartProcessAsync("seed-1", "seed");
        await frozen.UntilAsync("active");
        var standby = await bench.StartSeedAsync("seed-2");
        await bench.StartWorkerAsync("worker-1", (_, cancellation) => Task.Delay(300, cancellation));
        await bench.SubmitAsync(standby, "toy");
        frozen.Signal("STOP");
        var stopped = Stopwatch.GetTimestamp();
        await ClusterBench.UntilAsync(() => standby.Health.IsActive, "the standby to be active");
        output.WriteLine($"SIGSTOP of the active seed: another was active after {Stopwatch.GetElapsedTime(stopped).TotalSeconds:0.0} s");
        frozen.Signal("CONT");
        await frozen.UntilAsync("standby");
        Assert.Equal(ClipPhase.Completed, await bench.EndAsync("toy"));
        await bench.AuditAsync("toy");
        Assert.True(standby.Health.IsActive);
    }

    [SkippableFact]
    public async Task A_worker_told_to_end_finishes_what_it_runs()
    {
        await using var bench = await ClusterBench.StartAsync();
        var seed = await bench.StartSeedAsync("seed-1");
        await ClusterBench.UntilAsync(() => seed.Health.IsActive, "the seed to be active");
        var leaving = await bench.StartProcessAsync("worker-1", "preprocess,trainer,render", Slow);
        await bench.SubmitAsync(seed, "toy");
        await leaving.UntilAsync("claimed cut/000");
        leaving.Signal("TERM");
        var lines = await leaving.ToEndAsync();
        Assert.Contains("computed cut/000", lines);
        Assert.Contains("drained True", lines);
        await bench.StartWorkerAsync("worker-2");
        Assert.Equal(ClipPhase.Completed, await bench.EndAsync("toy"));
        await bench.AuditAsync("toy");
        Assert.DoesNotContain(await EventsAsync(bench), e => e is ClipEvent.Released or ClipEvent.TaskFailed);
    }

    [SkippableFact]
    public async Task Two_processes_with_the_same_id_are_refused()
    {
        await using var bench = await ClusterBench.StartAsync();
        await bench.StartSeedAsync("seed-1");
        await bench.StartWorkerAsync("worker-1");
        var refused = await Assert.ThrowsAsync<Depth3DException>(() => bench.StartWorkerAsync("worker-1", machine: "-elsewhere"));
        Assert.Contains("another process is running as node 'worker-1'", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Depth3DException>(() => bench.StartSeedAsync("seed-1"));
        var here = await Assert.ThrowsAsync<Depth3DException>(() => bench.StartWorkerAsync("worker-1"));
        Assert.Contains("state folder is in use by process", here.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<ClipEvent>> EventsAsync(ClusterBench bench) => bench.Journal.LoadAsync(new ClipId("toy"), CancellationToken.None);
}
