using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Tests.Embedded;

public sealed class FailureTests
{
    [Fact]
    public async Task A_failure_that_may_pass_is_tried_three_times()
    {
        using var bench = new EngineBench();
        var attempts = 0;
        await using (var engine = await bench.StartAsync(Failing(() => ++attempts < 3 ? new Depth3DException("child died", kind: FailureKind.Transient) : null)))
            Assert.True((await bench.RunAsync(engine)).IsCompleted);
        Assert.Equal(3, attempts);
        await Audit.CheckAsync(bench.Store, EngineBench.Clip);
    }

    [Fact]
    public async Task A_failure_that_stays_fails_the_clip_with_its_text_and_log_and_resuming_tries_again()
    {
        using var bench = new EngineBench();
        var attempts = 0;
        Depth3DException? error = new("child died", "frame 7", "look at the log", FailureKind.Transient);
        await using (var engine = await bench.StartAsync(Failing(() =>
        {
            attempts++;
            return error;
        })))
        {
            var result = await bench.RunAsync(engine);
            Assert.Equal(ClipPhase.Failed, result.Phase);
            Assert.Equal(3, attempts);
            Assert.Equal(new TaskId("weak", 0), result.Failure!.Task);
            Assert.Contains("frame 7: child died", result.Failure.Text, StringComparison.Ordinal);
            Assert.Contains("look at the log", result.Failure.Text, StringComparison.Ordinal);
            Assert.Contains("about to fail", result.LogTail, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Failed, result.ExitCode);
            var status = await engine.StatusAsync(EngineBench.Clip, CancellationToken.None);
            Assert.Equal(result.Failure.Text, status.Failure);
        }

        await Audit.CheckAsync(bench.Store, EngineBench.Clip, ClipPhase.Failed);
        error = null;
        await using (var engine = await bench.StartAsync(Failing(() => error)))
        {
            Assert.Equal(SubmitOutcome.Resumed, await engine.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, bench.Options, CancellationToken.None));
            Assert.True((await engine.WaitAsync(EngineBench.Clip, CancellationToken.None).Within("the resumed clip")).IsCompleted);
        }
    }

    [Theory]
    [InlineData(FailureKind.BadInput, ExitCode.BadInput)]
    [InlineData(FailureKind.MissingTool, ExitCode.MissingTool)]
    [InlineData(FailureKind.Storage, ExitCode.Storage)]
    public async Task A_failure_that_would_repeat_fails_the_clip_at_once(FailureKind kind, ExitCode exit)
    {
        using var bench = new EngineBench();
        var attempts = 0;
        await using var engine = await bench.StartAsync(Failing(() =>
        {
            attempts++;
            return new Depth3DException("no", kind: kind);
        }));
        var result = await bench.RunAsync(engine);
        Assert.Equal((ClipPhase.Failed, exit, 1), (result.Phase, result.ExitCode, attempts));
    }

    [Fact]
    public async Task An_unexpected_exception_is_a_defect_with_its_stack_in_the_log_only()
    {
        using var bench = new EngineBench();
        await using var engine = await bench.StartAsync(Failing(() => new InvalidOperationException("index went wild")));
        var result = await bench.RunAsync(engine);
        Assert.Equal(FailureKind.Defect, result.Failure!.Kind);
        Assert.Contains("index went wild", result.Failure.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Failure.Text, StringComparison.Ordinal);
        Assert.Contains("   at ", result.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_that_cannot_be_planned_fails_the_clip()
    {
        using var bench = new EngineBench();
        await using var engine = await bench.StartAsync([new ToyStage("odd", 1, [], plan: _ => throw new Depth3DException("one frame only"))]);
        var result = await bench.RunAsync(engine);
        Assert.Null(result.Failure!.Task);
        Assert.Contains("planning stage 'odd': one frame only", result.Failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_one_task_fails_the_others_of_the_clip_are_stopped()
    {
        using var bench = new EngineBench();
        var running = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        async Task Hook(StageContext context, CancellationToken cancellation)
        {
            if (context.Id.Stage == "slow")
            {
                running.SetResult();
                cancellation.Register(stopped.SetResult);
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            await running.Task;
            throw new Depth3DException("bad");
        }

        await using var engine = await bench.StartAsync(
            [new ToyStage("slow", 1, [], hook: Hook), new ToyStage("fails", 1, [], pool: WorkerPool.Render, hook: Hook)]);
        Assert.Equal(ClipPhase.Failed, (await bench.RunAsync(engine)).Phase);
        await stopped.Task.Within("the other task to be stopped");
    }

    private static IEnumerable<IStage> Failing(Func<Exception?> next) =>
    [
        new ToyStage("first", 2, []),
        new ToyStage("weak", 1, ["first"], hook: (context, _) =>
        {
            context.Log.LogInformation("about to fail or not");
            return next() is { } error ? Task.FromException(error) : Task.CompletedTask;
        }),
    ];
}
