using System.Globalization;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Workers.Children;

/// <summary>Real processes that crash, hang, leak and print: an attempt is lost, the node is not.</summary>
public sealed class ChildExecutorTests
{
    [Fact]
    public async Task A_child_computes_and_stays_warm_for_the_next_task()
    {
        await using var bench = new ChildBench();
        Assert.True(File.Exists(Path.Combine(await bench.RunAsync("calm"), "calm_000.txt")));
        var first = Assert.Single(bench.Executor.Processes);
        await bench.RunAsync("calm");
        Assert.Equal(first, Assert.Single(bench.Executor.Processes));
    }

    [Theory]
    [InlineData("crash", "killed by signal 11")]
    [InlineData("exit", "exit code 77")]
    public async Task A_process_that_dies_costs_the_attempt_only(string stage, string text)
    {
        await using var bench = new ChildBench();
        var fault = await bench.FaultAsync(stage);
        Assert.Equal(FailureKind.Transient, fault.Kind);
        if (stage == "exit") Assert.Contains("assertion failed", bench.Log.Text, StringComparison.Ordinal);
        else Assert.True(fault.Text.Contains(text, StringComparison.Ordinal) || fault.Text.Contains("signal 6", StringComparison.Ordinal), fault.Text);
        await bench.RunAsync("calm");
    }

    [Fact]
    public async Task Failures_keep_their_kind_and_the_process_where_nothing_of_it_is_in_doubt()
    {
        await using var bench = new ChildBench();
        Assert.Equal((FailureKind.BadInput, "frame 3: a frame is upside down"), ((await bench.FaultAsync("bad-input")) is var f ? (f.Kind, f.Text) : default));
        var before = Assert.Single(bench.Executor.Processes);
        Assert.True((await bench.FaultAsync("full-disk")).IsDiskFull);
        Assert.Equal(before, Assert.Single(bench.Executor.Processes));
        var defect = await bench.FaultAsync("defect");
        Assert.Equal(FailureKind.Defect, defect.Kind);
        Assert.Contains("   at ", defect.Detail, StringComparison.Ordinal);
        Assert.Empty(bench.Executor.Processes);
        Assert.Equal(FailureKind.OutOfMemory, (await bench.FaultAsync("out-of-memory")).Kind);
    }

    [Fact]
    public async Task A_task_that_is_silent_for_too_long_is_ended()
    {
        await using var bench = new ChildBench(o => o with { Silence = TimeSpan.FromMilliseconds(1500) });
        var fault = await bench.FaultAsync("silent");
        Assert.Equal(FailureKind.Transient, fault.Kind);
        Assert.Contains("no sign of life", fault.Text, StringComparison.Ordinal);
        Assert.Empty(bench.Executor.Processes);
    }

    [Fact]
    public async Task A_task_that_takes_too_much_memory_is_ended_and_its_fault_says_how_much_there_was()
    {
        const long bound = 500_000_000;
        await using var bench = new ChildBench(o => o with { MemoryBytes = bound, MemoryCheck = TimeSpan.FromMilliseconds(50) });
        var fault = await bench.FaultAsync("greedy");
        Assert.Equal((FailureKind.OutOfMemory, bound), (fault.Kind, fault.MemoryBytes));
        await bench.RunAsync("calm");
    }

    [Fact]
    public async Task A_stopped_task_ends_with_everything_it_started()
    {
        await using var bench = new ChildBench(o => o with { Stop = TimeSpan.FromMilliseconds(200) });
        using var stop = new CancellationTokenSource();
        var running = bench.RunAsync("parent", stop.Token);
        var programs = (await bench.Progress.First.Within("the task's programs")).Split(' ').Select(t => int.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(programs, p => Assert.True(ProcessTable.IsAlive(p)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.All(programs, p => Assert.False(ProcessTable.IsAlive(p)));
        Assert.Empty(bench.Executor.Processes);
    }

    [Fact]
    public async Task A_task_that_heeds_its_token_leaves_its_process_for_the_next()
    {
        await using var bench = new ChildBench();
        await bench.RunAsync("calm");
        var process = Assert.Single(bench.Executor.Processes);
        using var stop = new CancellationTokenSource();
        var running = bench.RunAsync("waiting", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await bench.RunAsync("calm");
        Assert.Equal(process, Assert.Single(bench.Executor.Processes));
    }

    [Fact]
    public async Task A_child_killed_from_outside_is_replaced()
    {
        await using var bench = new ChildBench();
        await bench.RunAsync("calm");
        var process = Assert.Single(bench.Executor.Processes);
        var running = bench.FaultAsync("silent");
        ProcessTable.End(process);
        Assert.Contains("signal 9", (await running).Text, StringComparison.Ordinal);
        await bench.RunAsync("calm");
        Assert.NotEqual(process, Assert.Single(bench.Executor.Processes));
    }

    [Fact]
    public async Task What_libraries_print_disturbs_nothing_and_reaches_the_log()
    {
        await using var bench = new ChildBench();
        Assert.True(File.Exists(Path.Combine(await bench.RunAsync("printing"), "printing_000.txt")));
        await bench.RunAsync("calm");
        Assert.Contains("{\"word\":\"done\"}", bench.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_sees_only_what_is_on_the_list_and_its_own_bounds()
    {
        Environment.SetEnvironmentVariable("DEPTH3D_TOKEN", "operator-secret");
        Environment.SetEnvironmentVariable("LD_PRELOAD", "");
        await using var bench = new ChildBench(o => o with { Cores = new Dictionary<WorkerPool, int> { [WorkerPool.Trainer] = 3 } });
        var slot = new Slot(WorkerPool.Trainer, 0, [new GpuInfo("GPU-1", "one", 1)]);
        var seen = await File.ReadAllLinesAsync(Path.Combine(await bench.RunAsync("environment", slot: slot), "environment.txt"));
        Assert.Contains("OMP_NUM_THREADS=3", seen);
        Assert.Contains("CUDA_VISIBLE_DEVICES=GPU-1", seen);
        Assert.DoesNotContain(seen, l => l.StartsWith("DEPTH3D_TOKEN", StringComparison.Ordinal) || l.StartsWith("LD_PRELOAD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_cannot_start_says_why()
    {
        await using var bench = new ChildBench(o => o with { Command = new ChildCommand(ChildBench.DotNet, ["/nowhere.dll"]) });
        var error = await Assert.ThrowsAsync<Depth3DException>(() => bench.RunAsync("calm"));
        Assert.Contains("did not start", error.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Transient, error.Kind);
    }
}
