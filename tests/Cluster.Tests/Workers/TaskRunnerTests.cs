using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class TaskRunnerTests : IDisposable
{
    private readonly RunnerBench _bench = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_offer_returns_at_once_and_a_doubled_one_is_ignored()
    {
        await using var runner = _bench.Runner(HoldAsync);
        Assert.True(runner.Offer(RunnerBench.Task(0)));
        await _begun.Task.Within("the task to begin");
        Assert.False(runner.Offer(RunnerBench.Task(0)));
        Assert.Equal(new HeldTask(RunnerBench.Clip, new TaskId("flow", 0), 1, false), Assert.Single(runner.Held));
        _open.SetResult();
        Assert.Equal(2, (await _bench.HeardAsync<TaskProtocol.Done>("the report")).Files.Count);
        Assert.Single(_bench.Heard<TaskProtocol.Claim>());
    }

    [Fact]
    public async Task A_result_that_nobody_answers_survives_the_node_and_is_delivered_by_its_next_run()
    {
        var unreachable = true;
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Answer = message =>
        {
            tried.TrySetResult();
            return Volatile.Read(ref unreachable) ? new(Refusal.Unavailable) : new(null);
        };
        var first = _bench.Runner();
        first.Offer(RunnerBench.Task(0));
        await tried.Task.Within("a try");
        Assert.True(Assert.Single(first.Held).IsEnded);
        await first.DisposeAsync();
        Assert.Empty(_bench.Heard<TaskProtocol.Done>());

        Volatile.Write(ref unreachable, false);
        await using var second = _bench.Runner();
        second.Start();
        Assert.Equal(1, (await _bench.HeardAsync<TaskProtocol.Done>("the delivery")).Epoch);
        await EmptyAsync(second);
        Assert.Empty(new FileOutbox(Path.Combine(_bench.State, "outbox"), NullLogger.Instance).Pending);
        Assert.Single(_bench.Heard<TaskProtocol.Claim>());
    }

    [Fact]
    public async Task What_an_earlier_run_has_not_delivered_counts_as_held_from_the_start()
    {
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Answer = _ => answers.Task.IsCompleted ? new(null) : new(Refusal.Unavailable);
        await using var runner = _bench.Runner(change: parts =>
        {
            parts.Outbox.Put(new Report.Released(new(RunnerBench.Clip, new TaskId("flow", 2), 7, "its node drains")));
            return parts with { Outbox = new FileOutbox(Path.Combine(_bench.State, "outbox"), NullLogger.Instance) };
        });
        runner.Start();
        Assert.Equal(new HeldTask(RunnerBench.Clip, new TaskId("flow", 2), 7, true), Assert.Single(runner.Held));
        answers.SetResult();
        await EmptyAsync(runner);
    }

    [Theory]
    [InlineData(Refusal.Superseded, false)]
    [InlineData(Refusal.UnknownTask, true)]
    public async Task Files_of_a_result_that_does_not_count_go(Refusal refusal, bool stays)
    {
        _bench.Answer = _ => new(refusal);
        await using var runner = _bench.Runner();
        runner.Offer(RunnerBench.Task(0));
        await _bench.HeardAsync<TaskProtocol.Done>("the refused report");
        await EmptyAsync(runner);
        Assert.Equal(stays, Directory.Exists(_bench.Store.Paths.Published(RunnerBench.Clip, new TaskId("flow", 0), 1)));
    }

    [Fact]
    public async Task A_refused_renewal_stops_the_task_and_leaves_no_file_of_it()
    {
        _bench.LeaseSeconds = 0.15;
        _bench.OnRenew = _ => new(Refusal.Superseded);
        await using var runner = _bench.Runner(HoldAsync);
        runner.Offer(RunnerBench.Task(0));
        Assert.Contains("Superseded", (await _bench.HeardAsync<TaskProtocol.Released>("the release")).Reason, StringComparison.Ordinal);
        await EmptyAsync(runner);
        Assert.False(Directory.Exists(_bench.Store.Paths.Temporary(RunnerBench.Clip)) && Directory.EnumerateFileSystemEntries(_bench.Store.Paths.Temporary(RunnerBench.Clip)).Any());
        Assert.False(Directory.Exists(_bench.Store.Paths.Task(RunnerBench.Clip, new TaskId("flow", 0))));
    }

    [Fact]
    public async Task A_node_that_was_frozen_beyond_its_lease_asks_and_publishes_nothing_when_somebody_else_has_the_task()
    {
        _bench.OnRenew = _ => new(Refusal.Superseded);
        var time = new ManualTime();
        await using var runner = Frozen(time);
        runner.Offer(RunnerBench.Task(0));
        Assert.Contains("Superseded", (await _bench.HeardAsync<TaskProtocol.Released>("the release")).Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_bench.Store.Paths.Task(RunnerBench.Clip, new TaskId("flow", 0))));
    }

    [Fact]
    public async Task A_node_whose_lease_is_over_while_nobody_answers_publishes_and_keeps_its_report()
    {
        var time = new ManualTime();
        _bench.OnRenew = _ =>
        {
            time.Freeze(TimeSpan.FromSeconds(60));
            return new(Refusal.Unavailable);
        };
        await using var runner = Frozen(time);
        runner.Offer(RunnerBench.Task(0));
        Assert.Equal(2, (await _bench.HeardAsync<TaskProtocol.Done>("the report")).Files.Count);
        Assert.True(Directory.Exists(_bench.Store.Paths.Published(RunnerBench.Clip, new TaskId("flow", 0), 1)));
    }

    /// <summary>As after SIGCONT: the work is done, no timer has fired, and only the clock says for how long the process stood still.</summary>
    private TaskRunner Frozen(ManualTime time) => _bench.Runner((_, _) =>
    {
        time.Freeze(TimeSpan.FromSeconds(700));
        return Task.CompletedTask;
    }, parts => parts with { Time = time });

    [Fact]
    public async Task Draining_finishes_what_runs_gives_back_what_waits_and_takes_nothing()
    {
        await using var runner = _bench.Runner(HoldAsync);
        runner.Offer(RunnerBench.Task(0));
        await _begun.Task.Within("the task to begin");
        runner.Offer(RunnerBench.Task(1));
        await UntilAsync(runner, () => runner.Held.Count == 2);
        var draining = runner.DrainAsync(CancellationToken.None);
        Assert.Equal("its node drains", (await _bench.HeardAsync<TaskProtocol.Released>("the waiting task")).Reason);
        Assert.Equal(NodeCondition.Draining, runner.Condition);
        Assert.False(runner.Offer(RunnerBench.Task(2)));
        Assert.False(draining.IsCompleted);
        _open.SetResult();
        Assert.True(await draining.Within("the drain"));
        Assert.Equal(0, Assert.Single(_bench.Heard<TaskProtocol.Done>()).Task.TaskIndex);
    }

    [Fact]
    public async Task When_the_grace_of_a_drain_ends_the_rest_is_given_back()
    {
        await using var runner = _bench.Runner(HoldAsync);
        runner.Offer(RunnerBench.Task(0));
        await _begun.Task.Within("the task to begin");
        using var grace = new CancellationTokenSource();
        var draining = runner.DrainAsync(grace.Token);
        await grace.CancelAsync();
        Assert.True(await draining.Within("the drain"));
        Assert.Equal("its worker stops", (await _bench.HeardAsync<TaskProtocol.Released>("the release")).Reason);
    }

    [Fact]
    public async Task A_full_disk_pauses_the_node_and_blames_no_task_unless_it_brings_it_twice()
    {
        var paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var runner = _bench.Runner((_, _) => throw new IOException("No space left on device", 28), parts => parts with { DiskRoomBytes = 1 });
        runner.Changed += () =>
        {
            if (runner.Condition == NodeCondition.Paused) paused.TrySetResult();
            else if (paused.Task.IsCompleted && runner.Held.Count == 0) again.TrySetResult();
        };
        runner.Offer(RunnerBench.Task(0));
        Assert.Contains("disk is full", (await _bench.HeardAsync<TaskProtocol.Released>("the release")).Reason, StringComparison.Ordinal);
        await paused.Task.Within("the pause");
        await again.Task.Within("room");
        Assert.True(runner.Offer(RunnerBench.Task(0)));
        var failed = await _bench.HeardAsync<TaskProtocol.Failed>("the second time");
        Assert.Equal(FailureKind.Transient, failed.Kind);
        Assert.Contains("no space left", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_attempt_leaves_a_log_without_secrets()
    {
        await using var runner = _bench.Runner((context, _) =>
        {
            context.Log.LogInformation("reading amqp://u:hunter2@host/x");
            throw new Depth3DException("frame 7 is torn; password=hunter2", kind: FailureKind.Transient);
        });
        runner.Offer(RunnerBench.Task(3));
        var failed = await _bench.HeardAsync<TaskProtocol.Failed>("the failure");
        await EmptyAsync(runner);
        var log = await File.ReadAllTextAsync(_bench.Store.Paths.Log(RunnerBench.Clip, new TaskId("flow", 3), 1));
        Assert.Contains("attempt 1 of flow/003 on node n1", log, StringComparison.Ordinal);
        Assert.Contains("failed (Transient): frame 7 is torn", log, StringComparison.Ordinal);
        Assert.Contains("reading amqp://u:****@host/x", failed.LogTail, StringComparison.Ordinal);
        Assert.All([log, failed.Text, failed.LogTail], text => Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_attempt_that_says_nothing_leaves_no_log_and_no_folder_but_its_result()
    {
        await using var runner = _bench.Runner();
        runner.Offer(RunnerBench.Task(3));
        await _bench.HeardAsync<TaskProtocol.Done>("the result");
        await EmptyAsync(runner);
        var paths = _bench.Store.Paths;
        Assert.True(Directory.Exists(paths.Published(RunnerBench.Clip, new TaskId("flow", 3), 1)));
        Assert.False(Directory.Exists(paths.Logs(RunnerBench.Clip)));
        Assert.Empty(Directory.GetFileSystemEntries(paths.Temporary(RunnerBench.Clip)));
    }

    [Fact]
    public async Task A_stage_that_this_node_does_not_have_is_another_nodes_matter()
    {
        await using var runner = _bench.Runner();
        runner.Offer(new TaskProtocol.Run(RunnerBench.Clip, new TaskId("train", 0)));
        var failed = await _bench.HeardAsync<TaskProtocol.Failed>("the failure");
        Assert.Equal(FailureKind.Transient, failed.Kind);
        Assert.Contains("depth/flow", failed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hint_for_which_there_is_no_hurry_is_claimed_along_with_the_next_result(bool isKnown)
    {
        _bench.Answer = message => message is TaskProtocol.Done { Next: { } next } && isKnown ? new(null, [.. next.Tasks.Select(_ => _bench.Granted())]) : new(null);
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var runner = _bench.Runner((context, cancellation) => _begun.Task.IsCompleted ? rest.Task.WaitAsync(cancellation) : HoldAsync(context, cancellation), Patient);
        for (var task = 0; task < 4; task++) runner.Offer(RunnerBench.Task(task, WorkerPool.PreprocessCpu));
        await UntilAsync(runner, () => runner.Held.Count == 2);
        await _begun.Task.Within("the first task to begin");
        Assert.Equal(2, _bench.Heard<TaskProtocol.Claim>().Count());
        _open.SetResult();
        await _bench.HeardAsync<TaskProtocol.Done>("the first result");
        rest.SetResult();
        await EmptyAsync(runner);

        var results = _bench.Heard<TaskProtocol.Done>().ToArray();
        Assert.Equal(4, results.Select(r => r.Task).Distinct().Count());
        var along = results.SelectMany(r => r.Next?.Tasks ?? []).ToArray();
        Assert.Equal(2, along.Length);
        Assert.All(results.Where(r => r.Next is not null), r => Assert.Equal("n1", r.Next!.Worker));
        Assert.Equal(isKnown ? 2 : 4, _bench.Heard<TaskProtocol.Claim>().Count());
        Assert.Empty(_bench.Heard<TaskProtocol.Released>());
    }

    [Fact]
    public async Task A_hint_waits_for_no_result_that_does_not_come()
    {
        await using var runner = _bench.Runner(HoldAsync, parts => parts with { Timings = parts.Timings with { Along = TimeSpan.FromMilliseconds(50) } });
        for (var task = 0; task < 4; task++) runner.Offer(RunnerBench.Task(task, WorkerPool.PreprocessCpu));
        await UntilAsync(runner, () => runner.Held.Count == 4);
        Assert.Equal(4, _bench.Heard<TaskProtocol.Claim>().Count());
    }

    [Fact]
    public async Task Hints_that_wait_are_given_back_when_the_node_drains()
    {
        await using var runner = _bench.Runner(HoldAsync, Patient);
        for (var task = 0; task < 4; task++) runner.Offer(RunnerBench.Task(task, WorkerPool.PreprocessCpu));
        await UntilAsync(runner, () => runner.Held.Count == 2);
        var draining = runner.DrainAsync(CancellationToken.None);
        _open.SetResult();
        Assert.True(await draining.Within("the drain"));
        Assert.Equal(4, _bench.Heard<TaskProtocol.Done>().Count() + _bench.Heard<TaskProtocol.Released>().Count());
    }

    /// <summary>A hint waits for a result however long that takes.</summary>
    private static WorkerParts Patient(WorkerParts parts) => parts with { Timings = parts.Timings with { Along = TimeSpan.FromMinutes(5) } };

    private async Task HoldAsync(StageContext context, CancellationToken cancellation)
    {
        _begun.TrySetResult();
        await _open.Task.WaitAsync(cancellation);
    }

    private static Task EmptyAsync(TaskRunner runner) => UntilAsync(runner, () => runner.Held.Count == 0);

    private static async Task UntilAsync(TaskRunner runner, Func<bool> condition)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runner.Changed += () =>
        {
            if (condition()) reached.TrySetResult();
        };
        if (!condition()) await reached.Task.Within("the runner to change");
    }
}
