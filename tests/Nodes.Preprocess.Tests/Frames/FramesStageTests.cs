using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Preprocess.Tests.Frames;

public sealed class FramesStageTests : IDisposable
{
    private readonly FramesRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_video_becomes_frames_with_times_and_sizes()
    {
        var info = await _run.Run(await TestClips.Video(_run["a.mp4"], TestClips.Slide(10, 320, 180)), new FramesOptions { LongSidePixels = 256 });
        Assert.Equal(("a.mp4", 320, 180, 256, 144, 256, 144, 10, 24.0), (info.SourceName, info.SourceWidth, info.SourceHeight, info.Width, info.Height,
            info.TrainWidth, info.TrainHeight, info.Count, info.FramesPerSecond));
        Assert.Equal(Enumerable.Range(0, 10), info.SourceFrameIndices);
        Assert.All(info.TimestampsSeconds.Select((t, i) => (t, i)), pair => Assert.Equal(pair.i / 24.0, pair.t, 1e-3));
        for (var i = 0; i < 10; i++) Assert.Equal((256, 144), (_run.Frame(i).Width, _run.Frame(i).Height));
        Assert.Equal(12, Directory.GetFiles(_run.Output).Length);
        Assert.Equal(_run.Progress.Select(p => p.Fraction).Order(), _run.Progress.Select(p => p.Fraction));
        Assert.True(_run.Progress.Count >= 9);
    }

    [Fact]
    public async Task A_long_clip_is_cut_and_every_window_gets_its_part_of_the_index()
    {
        var info = await _run.Run(await TestClips.Video(_run["a.mp4"], TestClips.Slide(30)), new FramesOptions { WindowFrames = 20, WindowOverlap = 5 });
        var windows = StageJson.Read<ClipWindows>(Path.Combine(_run.Output, Artifacts.WindowsIndex));
        Assert.Equal(ClipWindows.Of(30, new FramesOptions { WindowFrames = 20, WindowOverlap = 5 })!.Items, windows.Items);
        Assert.Equal(2, windows.Items.Count);
        foreach (var window in windows.Items)
        {
            var part = StageJson.Read<FramesInfo>(Path.Combine(_run.Output, window.NameOf(Artifacts.FramesIndex)));
            Assert.Equal((window.Count, info.Width, info.TrainWidth), (part.Count, part.Width, part.TrainWidth));
            Assert.Equal(info.SourceFrameIndices.Skip(window.First).Take(window.Count), part.SourceFrameIndices);
            Assert.Equal(info.TimestampsSeconds.Skip(window.First).Take(window.Count), part.TimestampsSeconds);
        }
    }

    [Fact]
    public async Task Windows_that_cannot_work_are_refused()
    {
        var error = await _run.Refused(await TestClips.Video(_run["a.mp4"], TestClips.Slide(5)), new FramesOptions { WindowFrames = 20, WindowOverlap = 10 });
        Assert.Equal("--window-overlap", error.Where);
    }

    [Fact]
    public async Task The_same_clip_gives_the_same_bytes()
    {
        var clip = await TestClips.Video(_run["a.mp4"], TestClips.Slide(5));
        await _run.Run(clip);
        var first = Directory.GetFiles(_run.Output).Order().ToDictionary(file => file, File.ReadAllBytes);
        await _run.Run(clip);
        Assert.Equal(first.Keys, Directory.GetFiles(_run.Output).Order());
        Assert.All(first, pair => Assert.Equal(pair.Value, File.ReadAllBytes(pair.Key)));
    }

    [Fact]
    public async Task A_folder_is_read_in_the_order_of_its_numbers()
    {
        TestClips.Folder(_run["in"], TestClips.Slide(12, 80, 64), "f{0}.png");
        File.WriteAllText(Path.Combine(_run["in"], "notes.txt"), "x");
        var info = await _run.Run(_run["in"], new FramesOptions { FolderFramesPerSecond = 12 });
        Assert.Equal((12, 12.0), (info.Count, info.FramesPerSecond));
        Assert.Equal(TestClips.Scene(80, 64, 20, 0).Samples, _run.Frame(10).Samples);
    }

    [Fact]
    public async Task Stride_first_and_max_choose_frames()
    {
        TestClips.Folder(_run["in"], TestClips.Slide(20, 80, 64));
        var info = await _run.Run(_run["in"], new FramesOptions { FirstFrame = 3, Stride = 4, MaxFrames = 3 });
        Assert.Equal([3, 7, 11], info.SourceFrameIndices);
        Assert.Equal(6, info.FramesPerSecond);
        Assert.Equal([0, 4 / 24.0, 8 / 24.0], info.TimestampsSeconds.Select(t => Math.Round(t, 6)), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public async Task A_resize_factor_is_bilinear_without_filter()
    {
        TestClips.Folder(_run["in"], TestClips.Slide(2, 161, 129));
        var info = await _run.Run(_run["in"], new FramesOptions { ResizeFactor = 0.5 });
        Assert.Equal((80, 64), (info.Width, info.Height));
        Assert.Equal(Imaging.Resize.Linear(TestClips.Scene(161, 129, 0, 0), 80, 64).Samples, _run.Frame(0).Samples);
    }

    [Fact]
    public async Task Small_frames_are_not_enlarged()
    {
        TestClips.Folder(_run["in"], TestClips.Slide(2, 101, 77));
        var info = await _run.Run(_run["in"]);
        Assert.Equal((101, 77, 96, 80), (info.Width, info.Height, info.TrainWidth, info.TrainHeight));
    }

    [Fact]
    public async Task A_turned_clip_is_upright()
    {
        await TestClips.Video(_run["a.mp4"], TestClips.Slide(4));
        await TestClips.Ffmpeg(_run["turned.mp4"], "-i", _run["a.mp4"], "-c", "copy", "-metadata:s:v:0", "rotate=90");
        var info = await _run.Run(_run["turned.mp4"]);
        Assert.Equal((96, 160), (info.SourceWidth, info.SourceHeight));
        Assert.Equal((96, 160), (_run.Frame(0).Width, _run.Frame(0).Height));
        Assert.Contains(info.RotationDegrees, new[] { 90, 270 });
    }

    [Fact]
    public async Task A_variable_rate_keeps_its_times()
    {
        await TestClips.Video(_run["a.mp4"], TestClips.Slide(21), 10);
        await TestClips.Ffmpeg(_run["v.mp4"], "-i", _run["a.mp4"], "-vf", "select='not(mod(n,3))+gt(n,10)'", "-vsync", "vfr", "-c:v", "libx264");
        var info = await _run.Run(_run["v.mp4"]);
        double[] expected = [0, 0.3, 0.6, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0];
        Assert.Equal(expected.Length, info.Count);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], info.TimestampsSeconds[i], 5e-3);
        Assert.Equal(10, info.FramesPerSecond, 0.05);
        Assert.Contains(_run.Preflight.Warnings, warning => warning.Contains("varies", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("with space.mp4")]
    [InlineData("-leading.mp4")]
    [InlineData("%05d.mp4")]
    [InlineData("Blätter 木.mp4")]
    [InlineData("new\nline.mp4")]
    public async Task Any_name_will_do(string name)
    {
        var info = await _run.Run(await TestClips.Video(_run[name], TestClips.Slide(2, 80, 64)));
        Assert.Equal((name, 2), (info.SourceName, info.Count));
    }

    [Theory]
    [InlineData("-a folder %05d\n木")]
    public async Task Any_folder_name_will_do(string name)
    {
        var info = await _run.Run(TestClips.Folder(_run[name], TestClips.Slide(2, 80, 64), "-pic %d ä\n{0}.png"));
        Assert.Equal((name, 2), (info.SourceName, info.Count));
    }

    [Fact]
    public async Task Cancelling_stops_it()
    {
        TestClips.Folder(_run["in"], TestClips.Slide(3, 80, 64));
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _run.Run(_run["in"], cancellation: cancel.Token));
    }

    [SkippableFact]
    public async Task A_real_clip_has_no_cut_and_a_turning_camera()
    {
        var clip = TestClips.Shared("car-shadow/car-shadow.mp4");
        Skip.If(clip is null, "../shared/data is missing");
        var info = await _run.Run(clip!);
        Assert.Equal((40, 640, 360, 256, 144, 24.0), (info.Count, info.Width, info.Height, info.TrainWidth, info.TrainHeight, info.FramesPerSecond));
        Assert.Empty(_run.Preflight.CutFrames);
        Assert.Equal(CameraMotion.RotationOnly, _run.Preflight.Motion);
    }

    [SkippableFact]
    public async Task A_real_folder_has_no_cut_and_shows_parallax()
    {
        var folder = TestClips.Shared("balloon1/images");
        Skip.If(folder is null, "../shared/data is missing");
        var info = await _run.Run(folder!);
        Assert.Equal((12, 640, 360), (info.Count, info.Width, info.Height));
        Assert.Empty(_run.Preflight.CutFrames);
        Assert.Equal(CameraMotion.Parallax, _run.Preflight.Motion);
    }

    [SkippableFact]
    public async Task A_real_tripod_shot_stands_still()
    {
        var clip = TestClips.Shared("loops/fountain-passerby.mp4");
        Skip.If(clip is null, "../shared/data is missing");
        await _run.Run(clip!, new FramesOptions { MaxFrames = 25 });
        Assert.Equal(CameraMotion.Static, _run.Preflight.Motion);
        Assert.Contains(_run.Preflight.Warnings, warning => warning.Contains("stand still", StringComparison.Ordinal));
    }
}
