using Depth3D.Imaging;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Tests.Frames;

public sealed class CutTests : IDisposable
{
    private readonly FramesRun _run = new();

    public void Dispose() => _run.Dispose();

    private static IEnumerable<Raster<byte>> TwoShots => TestClips.Slide(6).Concat(TestClips.Slide(5, seed: 3));

    [Fact]
    public async Task A_cut_is_refused_with_its_place_and_the_ways_out()
    {
        var error = await _run.Refused(await TestClips.Video(_run["a.mp4"], TwoShots));
        Assert.Contains("source frame 6 (0.25 s)", error.Message, StringComparison.Ordinal);
        foreach (var option in new[] { "--on-cut first", "--first-frame 6", "--max-frames" })
            Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shot_before_it_can_be_kept()
    {
        var info = await _run.Run(await TestClips.Video(_run["a.mp4"], TwoShots), new FramesOptions { OnCut = "first" });
        Assert.Equal(6, info.Count);
        Assert.Equal(6, info.TimestampsSeconds.Count);
        Assert.Equal(8, Directory.GetFiles(_run.Output).Length);
        Assert.Equal([6], _run.Preflight.CutFrames);
        Assert.Equal(6, _run.Preflight.BlurScores.Count);
        Assert.Contains(_run.Preflight.Warnings, warning => warning.Contains("hard cut", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_shot_after_it_can_be_taken()
    {
        var info = await _run.Run(await TestClips.Video(_run["a.mp4"], TwoShots), new FramesOptions { FirstFrame = 6 });
        Assert.Equal([6, 7, 8, 9, 10], info.SourceFrameIndices);
    }

    [Fact]
    public async Task A_cut_before_the_last_frame_is_found() => Assert.Contains("hard cut",
        (await _run.Refused(TestClips.Folder(_run["in"], TestClips.Slide(6).Concat(TestClips.Slide(1, seed: 3))))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_cut_after_the_first_frame_leaves_too_little() => Assert.Contains("only 1 frame",
        (await _run.Refused(TestClips.Folder(_run["in"], TestClips.Slide(1).Concat(TestClips.Slide(5, seed: 3))), new FramesOptions { OnCut = "first" })).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_cut_can_be_ignored()
    {
        var info = await _run.Run(TestClips.Folder(_run["in"], TwoShots), new FramesOptions { OnCut = "ignore" });
        Assert.Equal(11, info.Count);
        Assert.Equal([6], _run.Preflight.CutFrames);
        Assert.Contains(_run.Preflight.Warnings, warning => warning.Contains("hard cut", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flash_is_no_cut()
    {
        var frames = TestClips.Slide(9).ToArray();
        frames[4] = TestClips.Flat(1, 250).Single();
        var info = await _run.Run(TestClips.Folder(_run["in"], frames));
        Assert.Equal(9, info.Count);
        Assert.Contains(_run.Preflight.Warnings, warning => warning.Contains("match neither neighbour: 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_of_exposure_is_no_cut()
    {
        var frames = TestClips.Slide(8).ToArray();
        foreach (var frame in frames[4..])
            for (var i = 0; i < frame.Samples.Length; i++) frame.Samples[i] = (byte)Math.Min(255, (frame.Samples[i] * 5 / 4) + 10);
        Assert.Equal(8, (await _run.Run(TestClips.Folder(_run["in"], frames))).Count);
    }

    [SkippableFact]
    public async Task Cuts_between_real_shots_are_found()
    {
        string? car = TestClips.Shared("car-shadow/car-shadow.mp4"), fountain = TestClips.Shared("loops/fountain-passerby.mp4");
        Skip.If(car is null || fountain is null, "../shared/data is missing");
        await TestClips.Ffmpeg(_run["a.mp4"], "-i", car!, "-i", fountain!, "-filter_complex",
            "[0:v]trim=end_frame=7,setpts=N/24/TB,scale=320:180,setsar=1[a];[1:v]trim=end_frame=5,setpts=N/24/TB,scale=320:180,setsar=1[b];[a][b]concat=n=2:v=1",
            "-r", "24");
        Assert.Contains("source frame 7 ", (await _run.Refused(_run["a.mp4"])).Message, StringComparison.Ordinal);
    }
}
