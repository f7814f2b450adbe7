using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Tests.Embedded;

public sealed class CancelTests
{
    [Fact]
    public async Task Stopping_the_engine_gives_running_tasks_back_and_the_next_start_goes_on()
    {
        using var bench = new EngineBench();
        var gate = new Gate();
        var ran = 0;
        var engine = await bench.StartAsync(ToyRecipe.Stages(gate.HoldAsync("learn")));
        await engine.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, bench.Options, CancellationToken.None);
        await gate.Reached.Task.Within("the chain to begin");
        using var interrupt = new CancellationTokenSource();
        var waiting = engine.WaitAsync(EngineBench.Clip, interrupt.Token);
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await engine.DisposeAsync().AsTask().Within("the engine to stop");

        Assert.True(gate.WasCancelled);
        var before = await Audit.CheckAsync(bench.Store, EngineBench.Clip, ClipPhase.Running);
        await using (var again = await bench.StartAsync(ToyRecipe.Stages((_, _) =>
        {
            Interlocked.Increment(ref ran);
            return Task.CompletedTask;
        })))
            Assert.True((await bench.RunAsync(again)).IsCompleted);
        var after = await Audit.CheckAsync(bench.Store, EngineBench.Clip);
        Assert.Equal(ToyRecipe.TaskCount - before.Count / 2, ran);
        Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));
    }

    [Fact]
    public async Task A_cancelled_clip_stops_its_tasks_and_goes_on_when_submitted_again()
    {
        using var bench = new EngineBench();
        var gate = new Gate();
        await using (var engine = await bench.StartAsync(ToyRecipe.Stages(gate.HoldAsync("left"))))
        {
            await engine.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, bench.Options, CancellationToken.None);
            await gate.Reached.Task.Within("a task to begin");
            await engine.CancelAsync(EngineBench.Clip, "enough", CancellationToken.None);
            var result = await engine.WaitAsync(EngineBench.Clip, CancellationToken.None).Within("the end");
            Assert.Equal((ClipPhase.Cancelled, ExitCode.Cancelled), (result.Phase, result.ExitCode));
            await gate.Stopped.Task.Within("the task to be stopped");
            gate.Open();
            Assert.True((await bench.RunAsync(engine)).IsCompleted);
        }

        await Audit.CheckAsync(bench.Store, EngineBench.Clip);
    }

    [Fact]
    public async Task A_stage_that_does_not_heed_its_token_is_left_behind_and_its_result_does_not_count()
    {
        using var bench = new EngineBench();
        using var stubborn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var engine = await bench.StartAsync(
            [new ToyStage("cut", 1, [], hook: (_, _) =>
            {
                begun.TrySetResult();
                stubborn.Wait(CancellationToken.None);
                return Task.CompletedTask;
            })],
            bench.EngineOptions with { Worker = new() { Stop = TimeSpan.FromMilliseconds(50) } });
        await engine.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, bench.Options, CancellationToken.None);
        await begun.Task.Within("the stubborn task");
        await engine.DisposeAsync().AsTask().Within("the engine to stop without it");

        Assert.Empty(await Audit.CheckAsync(bench.Store, EngineBench.Clip, ClipPhase.Running));
        await using (var again = await bench.StartAsync([new ToyStage("cut", 1, [])])) Assert.True((await bench.RunAsync(again)).IsCompleted);
        await Audit.CheckAsync(bench.Store, EngineBench.Clip);
        stubborn.Set();
    }

    /// <summary>Holds tasks of one stage until opened or cancelled.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _open = new();

        public TaskCompletionSource Reached { get; } = new();

        public TaskCompletionSource Stopped { get; } = new();

        public bool WasCancelled => Stopped.Task.IsCompleted;

        public void Open() => _open.SetResult();

        public Func<StageContext, CancellationToken, Task> HoldAsync(StageName stage) => async (context, cancellation) =>
        {
            if (context.Id.Stage != stage) return;
            Reached.TrySetResult();
            try
            {
                await _open.Task.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                Stopped.TrySetResult();
                throw;
            }
        };
    }
}
