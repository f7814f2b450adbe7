using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Tests.Frames;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Preprocess.Tests.Loops;

public sealed class LoopViewsStageTests : IDisposable
{
    private const int Width = 128, Height = 72;

    private readonly LoopRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_clip_of_the_folder_becomes_a_view()
    {
        var loop = TruthLoop.Named("flag", 12, views: 2);
        await TruthLoopFolder.WriteAsync(_run["truth"], loop, Width, Height, 20);
        File.WriteAllText(Path.Combine(_run["truth"], TruthLoopFolder.ClipsFolder, "notes.txt"), "not a clip");
        await _run.Views(Options(Path.Combine(_run["truth"], TruthLoopFolder.ClipsFolder)));
        var recorded = loop.Recording(1, 21, Width, Height);
        var info = _run.View(1);
        Assert.Equal((21, Width, Height, 25.0, 0.0, "view_01.mkv"), (info.Frames, info.Width, info.Height, info.FramesPerSecond, info.SteadiedPixels, info.Name));
        Assert.Equal(1, info.LoopableShare + info.UnloopableShare + info.UnchangingShare, 9);
        Assert.Equal(recorded[20].Samples, ImageFile.ReadRgb(_run.PathOf(LoopStages.Views, LoopArtifacts.ViewFrame(1, 20))).Samples);
        Assert.False(_run.Exists(LoopStages.Views, LoopArtifacts.ViewValid(1, 0)));
        Assert.False(_run.Exists(LoopStages.Views, LoopArtifacts.View(2)));

        // The flag loops, what stands does not change.
        var mask = ImageFile.ReadGray(_run.PathOf(LoopStages.Views, LoopArtifacts.ViewLoopable(1)));
        var moving = loop.Render(1, 0, Width, Height).MovingMask;
        var flag = Enumerable.Range(0, mask.PixelCount).Where(i => moving.Samples[i] != 0).ToArray();
        Assert.True(flag.Count(i => mask.Samples[i] == 255) > 0.7 * flag.Length);
        Assert.InRange(info.UnchangingShare, 1 - (1.4 * flag.Length / mask.PixelCount), 1);
    }

    [Fact]
    public async Task Sizes_and_rates_must_be_those_of_the_others()
    {
        await TestClips.Video(Clip("a.mp4"), TestClips.Slide(20, 128, 96, 0));
        await TestClips.Video(Clip("b.mp4"), TestClips.Slide(20, 128, 96, 0, 1));
        await TestClips.Video(Clip("c.mp4"), TestClips.Slide(20, 112, 96, 0, 1));
        Says(await Refused(), "c.mp4", "112x96", "128x96");
        await TestClips.Video(Clip("c.mp4"), TestClips.Slide(20, 128, 96, 0, 1), fps: 30);
        Says(await Refused(), "c.mp4", "30 frames per second", "24");
    }

    [Fact]
    public async Task Clips_that_are_no_good_are_named()
    {
        await TestClips.Video(Clip("a.mp4"), TestClips.Slide(20, 128, 96, 0));
        Says(await Refused(), "one view has no parallax", "a.mp4");
        await TestClips.Video(Clip("b.mp4"), TestClips.Flat(20, 3, 128, 96));
        Says(await Refused(), "b.mp4", "black");
        await TestClips.Video(Clip("b.mp4"), TestClips.Slide(9, 128, 96, 0));
        Says(await Refused(), "b.mp4", "9 frames", "at least 16");
        await TestClips.Video(Clip("b.mp4"), TestClips.Slide(30, 128, 96, 0));
        Says(await Refused(new LoopOptions { Input = LoopInputs.Views, Frames = 12 }), "a.mp4", "20 frames are shorter than twice the loop of 12");
        await File.WriteAllTextAsync(Clip("b.mp4"), "no video");
        Says(await Refused(), "b.mp4");
        var folder = Directory.CreateDirectory(_run["empty"]).FullName;
        Says(await Assert.ThrowsAnyAsync<Depth3DException>(() => _run.Views(Options(folder))), "no clip");
    }

    [Fact]
    public async Task A_camera_that_moves_is_refused_with_how_far()
    {
        await TestClips.Video(Clip("a.mp4"), TestClips.Slide(20, 128, 96, 0));
        await TestClips.Video(Clip("b.mp4"), TestClips.Slide(30, 128, 96, 1.5));
        var refused = await Refused();
        Says(refused, "b.mp4", "camera moves by 2", "pixels");
    }

    [Fact]
    public async Task Trembling_is_taken_out_and_said()
    {
        var still = TestClips.Slide(1, 176, 120, 0).Single();
        var frames = Enumerable.Range(0, 24).Select(i => Crop(still, 12 + (i * 7 % 5), 10 + (i * 3 % 4), 144, 96)).ToArray();
        TestClips.Folder(_run["shaky"], frames);
        await _run.Views(Options(_run["shaky"]) with { Loop = new LoopOptions { Input = LoopInputs.Fixed } });
        var info = _run.View(0);
        Assert.InRange(info.SteadiedPixels, 2, 6);
        Assert.Contains("does not quite stand", Assert.Single(info.Warnings), StringComparison.Ordinal);
        for (var i = 0; i < 24; i++)
        {
            var steady = ImageFile.ReadRgb(_run.PathOf(LoopStages.Views, LoopArtifacts.ViewFrame(0, i)));
            Assert.InRange(MeanInside(steady, frames[12]), 0, 1.5);
        }

        Assert.True(_run.Exists(LoopStages.Views, LoopArtifacts.ViewValid(0, 3)));
        await _run.Views(Options(_run["shaky"]) with { Loop = new LoopOptions { Input = LoopInputs.Fixed, Stabilise = false } });
        Assert.Contains("as asked for", Assert.Single(_run.View(0).Warnings), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("loops/flag.avi", 0)]
    [InlineData("loops/fountain.avi", 0)]
    [InlineData("loops/fountain-passerby.mp4", 1.8)] // its camera zooms out a little: 2 % over the whole clip
    public async Task Real_clips_are_steadied_where_their_camera_does_not_stand(string name, double shift)
    {
        Skip.If(TestClips.Shared(name) is null, "the clips of ../shared/data are not here");
        await _run.Views(Options(TestClips.Shared(name)!) with { Loop = new LoopOptions { Input = LoopInputs.Fixed }, Frames = new FramesOptions { LongSidePixels = 176, MaxFrames = 60 } });
        var info = _run.View(0);
        Assert.Equal(shift, info.SteadiedPixels, 0.3);
        Assert.InRange(info.LoopableShare, 0.03, 0.95);
    }

    private string Clip(string name) => Path.Combine(Directory.CreateDirectory(_run["clips"]).FullName, name);

    private Task<Depth3DException> Refused(LoopOptions? loop = null) =>
        Assert.ThrowsAnyAsync<Depth3DException>(() => _run.Views(Options(_run["clips"]) with { Loop = loop ?? new LoopOptions { Input = LoopInputs.Views } }));

    private static DepthOptions Options(string source) => new()
    {
        SourcePath = source,
        Loop = new LoopOptions { Input = LoopInputs.Views },
        Frames = new FramesOptions { LongSidePixels = 320 },
    };

    private static void Says(Depth3DException refused, params string[] texts) =>
        Assert.All(texts, text => Assert.Contains(text, refused.ToString(), StringComparison.Ordinal));

    private static Raster<byte> Crop(Raster<byte> from, int left, int top, int width, int height)
    {
        var result = new Raster<byte>(width, height, 3);
        for (var y = 0; y < height; y++) from.Row(top + y).Slice(3 * left, 3 * width).CopyTo(result.Row(y));
        return result;
    }

    private static double MeanInside(Raster<byte> a, Raster<byte> b)
    {
        double sum = 0;
        var count = 0;
        for (var y = 8; y < a.Height - 8; y++)
            for (var x = 8; x < a.Width - 8; x++, count++) sum += Math.Abs(a[x, y, 1] - b[x, y, 1]);
        return sum / count;
    }
}
