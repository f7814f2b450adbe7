using System.Diagnostics;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;

namespace Depth3D.Faults.Tests;

/// <summary>Fault 8: a device whose memory does not suffice. The devices here hold as much as their process may; see <see cref="ToyFaults"/>.</summary>
[Collection(FaultRun.Name)]
public sealed class MemoryTests(FaultRun run)
{
    private const string Needs = "memory:*:learn/001:1024,memory:*:join/000:8192";

    /// <summary>384 MiB: learn/001 fits at rung 2, join/000, which still needs 1 GiB at the last rung, never does.</summary>
    private const string Little = "0x18000000";

    [SkippableFact]
    public async Task The_ladder_goes_down_then_to_a_bigger_node_and_never_tries_the_same_twice()
    {
        await using var cluster = await run.StartAsync();
        await cluster.StartActiveSeedAsync("seed-1");
        await cluster.StartWorkerAsync("small", (ToyFaults.Variable, Needs), ("DOTNET_GCHeapHardLimit", Little));
        await cluster.SubmitAsync(FaultCluster.Toy);
        var last = await cluster.HappensAsync<ClipEvent.TaskFailed>(FaultCluster.Toy, e => e.AboveMemory > 0, "the end of the ladder on the small node");
        Assert.Contains("it needs a node with more than", last.Consequence, StringComparison.Ordinal);
        var reply = await cluster.AskAsync("clip explain", ("clip", "toy"), ("task", "join/000"));
        Assert.Contains("too-big", reply.Json, StringComparison.OrdinalIgnoreCase);

        await cluster.StartWorkerAsync("big", (ToyFaults.Variable, Needs));
        var came = Stopwatch.GetTimestamp();
        await cluster.HappensAsync<ClipEvent.TaskCompleted>(FaultCluster.Toy, e => e.Task == last.Task, "join/000 on the big node");
        await ClusterAudit.CompletedAsync(cluster, "8 GPU out of memory", "device of 384 MiB, task of 1 and of 8 GiB", Stopwatch.GetElapsedTime(came));

        var events = await cluster.EventsAsync(FaultCluster.Toy);
        var failures = events.OfType<ClipEvent.TaskFailed>().ToArray();
        Assert.All(failures, f => Assert.Equal(("small", FailureKind.OutOfMemory), (f.Worker, f.Kind)));
        Assert.Equal(["learn/001: 1", "learn/001: 2"], Steps(failures, "learn/001"));
        Assert.Equal(["join/000: 1", "join/000: 2", "join/000: 3", "join/000: 3"], Steps(failures, "join/000"));
        Assert.All(failures, f => Assert.NotEmpty(f.Consequence));
    }

    /// <summary>The rung after each failure; the last one of join/000 stays, with the memory that did not suffice.</summary>
    private static string[] Steps(IEnumerable<ClipEvent.TaskFailed> failures, string task) =>
        [.. failures.Where(f => $"{f.Task}" == task).Select(f => $"{f.Task}: {f.Rung}")];
}
