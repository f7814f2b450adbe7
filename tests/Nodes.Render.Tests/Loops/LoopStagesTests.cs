using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Render.Loops;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Evaluation.Loops;
using Depth3D.Rendering.Loops.Packages;

namespace Depth3D.Nodes.Render.Tests.Loops;

public sealed class LoopStagesTests : IDisposable
{
    private readonly TruthInputs _inputs = FinishedLoop.Make();

    public void Dispose() => _inputs.Dispose();

    [Fact]
    public async Task The_package_opens_and_its_worth_is_measured()
    {
        var files = await _inputs.Run(new LoopPackageStage());
        var folder = Path.Combine(_inputs.Folder(LoopStages.Package), LoopArtifacts.PackageFolder);
        var back = MtvPackageReader.Read(folder);
        Assert.Equal((FinishedLoop.Frames, FinishedLoop.FramesPerSecond), (back.Frames, back.FramesPerSecond));
        Assert.Contains(files, f => f.Name == Path.Combine(LoopArtifacts.PublishedFolder, "geometry.obj"));
        var quality = StageJson.Read<LoopQuality>(_inputs.PathOf(LoopStages.Package, LoopArtifacts.Quality));
        Assert.Equal(files.Where(f => f.Name.StartsWith(LoopArtifacts.PackageFolder + "/", StringComparison.Ordinal)).Sum(f => f.Bytes), quality.PackageBytes);
        var whole = FinishedLoop.Video();
        Assert.Equal((whole.Tiles.DynamicSlots, back.Tiles.StaticSlots), (quality.TilesDynamic, quality.TilesStatic));
        Assert.InRange(back.Tiles.StaticSlots, 1, whole.Tiles.StaticSlots - 1); // the border that nobody sees is left out
        Assert.Equal(whole.View, back.View);
        Assert.InRange(quality.Seam, 0.001, quality.LargestStep + (0.5 / 255));
        Assert.Equal(1, quality.DeviationRatio, 0.01);
        foreach (var metric in new[] { "STDerr", "Coh.", "LoopQ" }) Assert.InRange(quality.Metrics[metric], 0, 0.01);
        Assert.True(double.IsFinite(quality.Metrics["Com."]));
        Assert.InRange(quality.Metrics["PSNR of what stands still"], 60, double.PositiveInfinity);
        Assert.Contains("VLPIPS", quality.Missing.Keys);
        Assert.Equal(files, await _inputs.Run(new LoopPackageStage()));
    }

    [Fact]
    public async Task Frames_fan_out_and_films_repeat_without_a_seam()
    {
        Assert.Equal([0, 5, 10], new LoopFramesStage().Plan(new StagePlanContext(_inputs.Options, _inputs)).Select(t => t.Frames!.Value.First));
        await _inputs.Run(new LoopPackageStage());
        var frames = await _inputs.Run(new LoopFramesStage());
        Assert.Equal(FinishedLoop.Frames + (FinishedLoop.Frames * FinishedLoop.Repeats), frames.Count);
        var path = Enumerable.Range(0, FinishedLoop.Frames * FinishedLoop.Repeats).Select(t => ImageFile.ReadRgb(_inputs.PathOf(LoopStages.Frames, LoopArtifacts.PathFrame(t)))).ToArray();
        Assert.True(LoopSteps.Measure(path).IsSeamless);
        Assert.NotEqual(path[1].Samples, path[1 + FinishedLoop.Frames].Samples);

        var films = await _inputs.Run(new LoopVideoStage());
        Assert.Equal(["loop-path.mp4", "loop.gif", "loop.mp4", "loop.png", "loop.webm", "report.html", "sheet.png"], films.Select(f => f.Name));
        foreach (var (name, count) in new[] { ("loop-path.mp4", 2), ("loop.mp4", 2), ("loop.webm", 1), ("loop.gif", 1), ("loop.png", 1) })
            Assert.Equal(count * FinishedLoop.Frames, Count(name));
        Assert.Equal(films, await _inputs.Run(new LoopVideoStage()));
    }

    [Fact]
    public async Task The_lossless_film_shows_the_loop()
    {
        await _inputs.Run(new LoopPackageStage());
        await _inputs.Run(new LoopFramesStage());
        await _inputs.Run(new LoopVideoStage());
        using var film = VideoReader.Open(_inputs.PathOf(LoopStages.Video, LoopArtifacts.Film("png")));
        for (var t = 0; t < FinishedLoop.Frames; t++)
        {
            Assert.True(film.TryRead(out var rgb, out _));
            Assert.Equal(ImageFile.ReadRgb(_inputs.PathOf(LoopStages.Frames, LoopArtifacts.LoopFrame(t))).Samples, rgb.Samples);
        }
    }

    [Fact]
    public async Task A_damaged_loop_is_named()
    {
        File.WriteAllBytes(_inputs.PathOf(LoopStages.Train, LoopArtifacts.Loop), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        var error = await Assert.ThrowsAsync<Depth3DException>(() => _inputs.Run(new LoopPackageStage()));
        Assert.Contains(LoopArtifacts.Loop, error.Message, StringComparison.Ordinal);
    }

    private int Count(string name)
    {
        using var film = VideoReader.Open(_inputs.PathOf(LoopStages.Video, name));
        Assert.Equal(FinishedLoop.FramesPerSecond, film.Info.FramesPerSecond, 0.01);
        var count = 0;
        while (film.TryRead(out _, out _)) count++;
        return count;
    }
}
