using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.Tests.Embedded;

public sealed class ResumeTests
{
    [Fact]
    public async Task The_same_clip_again_is_complete_at_once_and_another_one_is_refused_naming_what_differs()
    {
        using var bench = new EngineBench();
        await using var engine = await bench.StartAsync(ToyRecipe.Stages());
        Assert.True((await bench.RunAsync(engine)).IsCompleted);
        Assert.Equal(SubmitOutcome.AlreadyComplete, await Submit(bench.Options));
        Assert.True((await engine.WaitAsync(EngineBench.Clip, CancellationToken.None)).IsCompleted);

        var steps = await Assert.ThrowsAsync<SubmissionConflictException>(() => Submit(bench.Options with { Train = new() { Steps = 7 }, Flow = new() { Gaps = [1] } }));
        Assert.Contains("train.steps was 300, now 7", steps.Message, StringComparison.Ordinal);
        Assert.Contains("flow.gaps was [1,2,4,6,8], now [1]", steps.Message, StringComparison.Ordinal);
        Assert.Contains("--fresh", steps.Message, StringComparison.Ordinal);

        File.WriteAllText(bench.Source, "other frames");
        var source = await Assert.ThrowsAsync<SubmissionConflictException>(() => Submit(bench.Options));
        Assert.Contains("content of the input", source.Message, StringComparison.Ordinal);

        Task<SubmitOutcome> Submit(DepthOptions options) => engine.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, options, CancellationToken.None);
    }

    [Fact]
    public async Task A_clip_whose_model_or_card_changed_is_another_one()
    {
        using var bench = new EngineBench();
        using var folder = new TempFolder();
        var options = bench.Options with { Prior = new() { Method = "onnx:" + folder.At("depth.onnx") } };
        await using var engine = await bench.StartAsync(ToyRecipe.Stages());
        var missing = await Assert.ThrowsAsync<Depth3DException>(Submit);
        Assert.Contains("prior model was not found", missing.Message, StringComparison.Ordinal);

        File.WriteAllText(folder.At("depth.onnx"), "weights");
        Assert.Equal(SubmitOutcome.Started, await Submit());
        Assert.True((await engine.WaitAsync(EngineBench.Clip, CancellationToken.None).Within("the run")).IsCompleted);
        Assert.Equal(SubmitOutcome.AlreadyComplete, await Submit());

        File.WriteAllText(folder.At("depth.json"), "card");
        await RefusedAsync();
        File.Delete(folder.At("depth.json"));
        Assert.Equal(SubmitOutcome.AlreadyComplete, await Submit());
        File.WriteAllText(folder.At("depth.onnx"), "WEIGHTS");
        await RefusedAsync();

        Task<SubmitOutcome> Submit() => engine.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, options, CancellationToken.None);
        async Task RefusedAsync() =>
            Assert.Contains("content of the input", (await Assert.ThrowsAsync<SubmissionConflictException>(Submit)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discarding_forgets_the_clip_with_its_files()
    {
        using var bench = new EngineBench();
        await using var engine = await bench.StartAsync(ToyRecipe.Stages());
        await bench.RunAsync(engine);
        await engine.DiscardAsync(EngineBench.Clip, CancellationToken.None);
        Assert.False(Directory.Exists(engine.Store.Paths.Clip(EngineBench.Clip)));
        await engine.DiscardAsync(EngineBench.Clip, CancellationToken.None);
        Assert.Equal(SubmitOutcome.Started, await engine.SubmitAsync(
            EngineBench.Clip, RecipeNames.Depth, bench.Options with { Seed = 2 }, CancellationToken.None));
        Assert.True((await engine.WaitAsync(EngineBench.Clip, CancellationToken.None).Within("the fresh run")).IsCompleted);
    }

    [Fact]
    public async Task A_missing_source_or_unknown_recipe_leaves_nothing_behind()
    {
        using var bench = new EngineBench();
        await using var engine = await bench.StartAsync(ToyRecipe.Stages());
        var missing = await Assert.ThrowsAsync<Depth3DException>(() =>
            engine.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, new() { SourcePath = bench.Source + "x" }, CancellationToken.None));
        Assert.Equal(FailureKind.BadInput, missing.Kind);
        if (Path.Exists("/dev/zero"))
        {
            var device = await Assert.ThrowsAsync<Depth3DException>(() =>
                engine.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, new() { SourcePath = "/dev/zero" }, CancellationToken.None));
            Assert.Contains("pipe or device", device.Message, StringComparison.Ordinal);
        }

        var unknown = await Assert.ThrowsAsync<Depth3DException>(() => engine.SubmitAsync(EngineBench.Clip, "loops", bench.Options, CancellationToken.None));
        Assert.Contains("known recipes: depth", unknown.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(engine.Store.Paths.Clip(EngineBench.Clip)));
        await Assert.ThrowsAsync<Depth3DException>(() => engine.WaitAsync(EngineBench.Clip, CancellationToken.None));
    }

    [Fact]
    public async Task A_watcher_sees_every_event_and_progress_and_ends_with_the_clip()
    {
        using var bench = new EngineBench();
        await using var engine = await bench.StartAsync(ToyRecipe.Stages());
        var watching = engine.Watch(EngineBench.Clip, CancellationToken.None).ToListAsync().AsTask();
        await bench.RunAsync(engine);
        var updates = await watching.Within("the watch to end");
        Assert.Equal(ToyRecipe.TaskCount, updates.Count(u => u is ClipUpdate.Happened { Event: Cluster.Entity.ClipEvent.TaskCompleted }));
        Assert.Contains(updates, u => u is ClipUpdate.Progressed { Fraction: 0.5, Message: "half way" });
        Assert.IsType<Cluster.Entity.ClipEvent.Completed>(Assert.IsType<ClipUpdate.Happened>(updates.Last(u => u is ClipUpdate.Happened)).Event);

        var status = await engine.StatusAsync(EngineBench.Clip, CancellationToken.None);
        Assert.Equal(["cut", "left", "right", "empty", "learn", "join"], status.Stages.Select(s => s.Stage.Value));
        Assert.All(status.Stages, s => Assert.Equal((1.0, true), (s.Fraction, s.IsComplete)));
    }

    [Fact]
    public async Task Unfinished_clips_of_a_store_go_on_by_themselves_when_asked_to()
    {
        using var bench = new EngineBench();
        var begun = new TaskCompletionSource();
        var first = await bench.StartAsync(ToyRecipe.Stages(async (_, cancellation) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        }));
        await first.SubmitAsync(EngineBench.Clip, RecipeNames.Depth, bench.Options, CancellationToken.None);
        await begun.Task.Within("the first task");
        await first.DisposeAsync();

        await using var second = await bench.StartAsync(ToyRecipe.Stages(), bench.EngineOptions with { ResumeUnfinished = true });
        Assert.True((await second.WaitAsync(EngineBench.Clip, CancellationToken.None).Within("the clip to go on")).IsCompleted);
    }

    [Fact]
    public async Task Many_clips_share_the_pools_and_all_end()
    {
        using var bench = new EngineBench();
        await using var engine = await bench.StartAsync(ToyRecipe.Stages());
        var clips = Enumerable.Range(0, 8).Select(i => new ClipId($"clip-{i}")).ToArray();
        foreach (var clip in clips) await engine.SubmitAsync(clip, RecipeNames.Depth, bench.Options, CancellationToken.None);
        foreach (var clip in clips)
        {
            Assert.True((await engine.WaitAsync(clip, CancellationToken.None).Within($"{clip}")).IsCompleted);
            Assert.Empty(await engine.VerifyAsync(clip, CancellationToken.None));
        }
    }
}
