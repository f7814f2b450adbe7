using Depth3D.Cluster;
using Depth3D.Cluster.Entity;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Focus;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Render.Tests.Effects;

/// <summary>Recipe <c>effect</c> in the engine, on a run whose files come from a truth scene.</summary>
public sealed class EffectRecipeTests : IDisposable
{
    private static readonly ClipId Job = new("effect-focus");

    private static readonly FocusSettings Focus = new() { Keys = [FocusKey.Parse("0:4"), FocusKey.Parse("4:12")] };

    private readonly TruthInputs _truth = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("depth3d-effect-tests-");

    public EffectRecipeTests() => File.WriteAllText(Source, "the film");

    private string Source => Path.Combine(_folder.FullName, "yard.mp4");

    private string Store => Path.Combine(_folder.FullName, FinishedRun.StoreFolder);

    public void Dispose()
    {
        _truth.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Its_pictures_are_those_the_effect_makes_and_its_film_shows_them()
    {
        await using var engine = await WithRunAsync();
        var files = await RenderAsync(engine);
        var direct = RunScene.Open(FinishedRun.Open(_folder.FullName).Artifacts);
        var prepared = Path.Combine(_folder.FullName, "prepared.bin");
        var effect = Focus.Open();
        using var renderer = effect.Renderer(direct, effect.Prepare(direct, prepared, new Progress<double>(), CancellationToken.None) ? prepared : null);
        for (var i = TruthInputs.Frames - 1; i >= 0; i--)
            Assert.Equal(renderer.Render(i).Samples, ImageFile.ReadRgb(files.PathOf(Stages.EffectFrames, Artifacts.EffectFrame(i))).Samples);
        using var film = VideoReader.Open(files.PathOf(Stages.EffectVideo, Artifacts.EffectVideo));
        for (var i = 0; i < TruthInputs.Frames; i++) Assert.True(film.TryRead(out _, out _), $"frame {i}");
        Assert.False(film.TryRead(out _, out _));
        Assert.False(files.Exists(Stages.EffectVideo, Artifacts.EffectAlphaVideo));
        var sheet = ImageFile.ReadRgb(files.PathOf(Stages.EffectVideo, Artifacts.EffectSheet));
        Assert.True(sheet.Width > sheet.Height && sheet.Samples.Distinct().Count() > 50);
    }

    [Fact]
    public async Task Nothing_of_it_changes_when_the_run_is_thrown_away()
    {
        await using var engine = await WithRunAsync();
        var source = await BaseAsync(engine);
        var before = Listing(await RenderAsync(engine, source));
        await engine.DiscardAsync(FinishedRun.Clip, CancellationToken.None);
        Assert.Empty(await engine.VerifyAsync(Job, CancellationToken.None));
        Assert.Equal(SubmitOutcome.AlreadyComplete, await engine.SubmitAsync(Job, RecipeNames.Effect, Options(source), CancellationToken.None));
        Assert.Equal(before, Listing(await engine.ReaderAsync(Job, CancellationToken.None)));
    }

    [Fact]
    public async Task A_file_of_the_run_that_was_changed_in_place_is_not_taken()
    {
        await using var engine = await WithRunAsync();
        var path = FinishedRun.Open(_folder.FullName).Artifacts.PathOf(Stages.Train, Artifacts.Refined(2));
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        var result = await RunAsync(engine, await BaseAsync(engine));
        Assert.Equal((ClipPhase.Failed, ExitCode.Storage), (result.Phase, result.ExitCode));
        Assert.Contains("is not what its stage left", result.Failure!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_run_or_no_effect_is_refused_in_words()
    {
        await using var engine = await WithRunAsync();
        Assert.Contains("no finished run", (await RunAsync(engine, Source)).Failure!.Text, StringComparison.Ordinal);
        await engine.DiscardAsync(Job, CancellationToken.None);
        await engine.SubmitAsync(Job, RecipeNames.Effect, Options(await BaseAsync(engine)) with { Effect = null }, CancellationToken.None);
        Assert.Contains("names no effect", (await engine.WaitAsync(Job, CancellationToken.None)).Failure!.Text, StringComparison.Ordinal);
    }

    private static DepthOptions Options(string source) => new() { SourcePath = source, Frames = new FramesOptions { ChunkFrames = 2 }, Effect = Focus };

    private static async Task<string> BaseAsync(EmbeddedEngine engine)
    {
        var run = FinishedRun.Open(Path.GetDirectoryName(engine.Store.Paths.Root)!);
        return await BaseRun.Of(FinishedRun.Clip, run.Manifests, RecipeGraphs.EffectImports).SaveAsync(engine.Store, CancellationToken.None);
    }

    private static async Task<ClipResult> RunAsync(EmbeddedEngine engine, string source)
    {
        await engine.SubmitAsync(Job, RecipeNames.Effect, Options(source), CancellationToken.None);
        return await engine.WaitAsync(Job, CancellationToken.None);
    }

    private static async Task<IArtifactReader> RenderAsync(EmbeddedEngine engine, string? source = null)
    {
        var result = await RunAsync(engine, source ?? await BaseAsync(engine));
        Assert.True(result.IsCompleted, result.Failure?.Text);
        return await engine.ReaderAsync(Job, CancellationToken.None);
    }

    private static ArtifactFile[] Listing(IArtifactReader files) =>
        [.. new[] { Stages.EffectFrames, Stages.EffectVideo }.SelectMany(files.List)];

    /// <summary>An engine on a store that holds a finished run.</summary>
    private async Task<EmbeddedEngine> WithRunAsync()
    {
        StageName[] stages = [Stages.Frames, Stages.Masks, Stages.Sequence, Stages.Train];
        var engine = await EmbeddedEngine.StartAsync(new EmbeddedEngineOptions { StoreRoot = Store },
            [new Recipe(RecipeNames.Depth, stages.Select(s => new CopyStage(s, _truth))), new Recipe(RecipeNames.Effect, RenderRole.EffectStages)],
            NullLoggerFactory.Instance, CancellationToken.None);
        await engine.SubmitAsync(FinishedRun.Clip, RecipeNames.Depth, new DepthOptions { SourcePath = Source }, CancellationToken.None);
        Assert.True((await engine.WaitAsync(FinishedRun.Clip, CancellationToken.None)).IsCompleted);
        return engine;
    }

    /// <summary>Leaves the files that a reader has of the stage.</summary>
    private sealed class CopyStage(StageName name, TruthInputs from) : IStage
    {
        public StageName Name => name;

        public WorkerPool Pool => WorkerPool.Render;

        public IReadOnlyList<StageName> After => [];

        public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("copy")];

        public Task ExecuteAsync(StageContext context, CancellationToken cancellation)
        {
            foreach (var file in from.List(name)) File.Copy(from.PathOf(name, file.Name), context.Output(file.Name));
            return Task.CompletedTask;
        }
    }
}
