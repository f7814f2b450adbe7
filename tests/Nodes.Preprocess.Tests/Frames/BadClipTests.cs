using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Frames;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Tests.Frames;

/// <summary>What stage frames must refuse, and how it says so. No frames.json is left behind.</summary>
public sealed class BadClipTests : IDisposable
{
    private readonly FramesRun _run = new();

    public void Dispose()
    {
        Assert.False(File.Exists(Path.Combine(_run.Output, Artifacts.FramesIndex)));
        _run.Dispose();
    }

    [Fact]
    public async Task Nothing_there() => Says(await _run.Refused(_run["none.mp4"]), "no such file");

    [Fact]
    public async Task An_empty_file()
    {
        File.WriteAllBytes(_run["a.mp4"], []);
        Says(await _run.Refused(_run["a.mp4"]), "empty");
    }

    [Fact]
    public async Task No_video_at_all()
    {
        File.WriteAllText(_run["a.mp4"], "This is a letter, not a film.");
        Says(await _run.Refused(_run["a.mp4"]), "no readable video");
    }

    [Fact]
    public async Task A_playlist_is_not_followed()
    {
        var clip = await TestClips.Video(_run["clip.ts.mp4"], TestClips.Slide(3));
        File.WriteAllText(_run["list.m3u8"], $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{clip}\n#EXT-X-ENDLIST\n");
        Says(await _run.Refused(_run["list.m3u8"]), "no readable video");
        File.WriteAllText(_run["list.ffconcat"], $"ffconcat version 1.0\nfile '{Path.GetFileName(clip)}'\n");
        Says(await _run.Refused(_run["list.ffconcat"]), "no readable video");
        Says(await _run.Refused("http://127.0.0.1:9/a.mp4"), "no such file");
    }

    [Fact]
    public async Task Sound_only()
    {
        await TestClips.Ffmpeg(_run["a.mp4"], "-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-c:a", "aac");
        Says(await _run.Refused(_run["a.mp4"]), "audio");
    }

    [Theory]
    [InlineData(0.02, "")]
    [InlineData(0.5, "truncated")]
    [InlineData(0.9, "truncated")]
    public async Task A_truncated_file(double share, string expected)
    {
        // faststart puts the index first, so the decoder opens what is left
        var bytes = File.ReadAllBytes(await TestClips.Video(_run["whole.mp4"], TestClips.Slide(30)));
        File.WriteAllBytes(_run["a.mp4"], bytes[..(int)(bytes.Length * share)]);
        Says(await _run.Refused(_run["a.mp4"]), expected);
    }

    [Fact]
    public async Task An_index_that_is_missing()
    {
        await TestClips.Video(_run["whole.mp4"], TestClips.Slide(30));
        await TestClips.Ffmpeg(_run["late.mp4"], "-i", _run["whole.mp4"], "-c", "copy", "-movflags", "0"); // index last
        var bytes = File.ReadAllBytes(_run["late.mp4"]);
        File.WriteAllBytes(_run["a.mp4"], bytes[..(bytes.Length * 9 / 10)]);
        Says(await _run.Refused(_run["a.mp4"]), "no readable video");
    }

    [Fact]
    public async Task One_frame()
    {
        Says(await _run.Refused(await TestClips.Video(_run["a.mp4"], TestClips.Slide(1))), "only 1 frame");
        Says(await _run.Refused(TestClips.Folder(_run["in"], TestClips.Slide(1))), "only 1 frame");
    }

    [Fact]
    public async Task A_start_behind_the_end()
    {
        var folder = TestClips.Folder(_run["in"], TestClips.Slide(3));
        Says(await _run.Refused(folder, new FramesOptions { FirstFrame = 10 }), "--first-frame");
    }

    [Fact]
    public async Task A_black_clip() => Says(await _run.Refused(await TestClips.Video(_run["a.mp4"], TestClips.Flat(4, 0))), "black");

    [Fact]
    public async Task A_clip_of_one_colour() => Says(await _run.Refused(TestClips.Folder(_run["in"], TestClips.Flat(4, 128))), "flat colour");

    [Fact]
    public async Task Frames_too_small()
    {
        Says(await _run.Refused(TestClips.Folder(_run["in"], TestClips.Slide(2, 63, 200))), "at least 64");
        Says(await _run.Refused(TestClips.Folder(_run["wide"], TestClips.Slide(2, 1000, 64))), "--size");
    }

    [Fact]
    public async Task Frames_of_100_million_pixels()
    {
        Directory.CreateDirectory(_run["in"]);
        ImageFile.WritePng(_run["in/0.png"], new Raster<byte>(10_000, 10_000));
        File.Copy(_run["in/0.png"], _run["in/1.png"]);
        Says(await _run.Refused(_run["in"]), "64 million");
        var before = GC.GetAllocatedBytesForCurrentThread(); // nothing but the header is read
        Assert.Throws<Depth3DException>(() => ClipSource.Open(_run["in"], 24));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public async Task Pictures_of_two_sizes()
    {
        TestClips.Folder(_run["in"], TestClips.Slide(3));
        ImageFile.WritePng(Path.Combine(_run["in"], "frame_00002.png"), TestClips.Scene(100, 96, 0, 0));
        Says(await _run.Refused(_run["in"]), "100x96");
    }

    [Fact]
    public async Task A_broken_picture_among_good_ones()
    {
        TestClips.Folder(_run["in"], TestClips.Slide(3));
        var bytes = File.ReadAllBytes(Path.Combine(_run["in"], "frame_00001.png"));
        File.WriteAllBytes(Path.Combine(_run["in"], "frame_00001.png"), bytes[..(bytes.Length / 2)]);
        Says(await _run.Refused(_run["in"]), "frame_00001.png");
    }

    [Fact]
    public async Task A_folder_without_pictures()
    {
        Directory.CreateDirectory(_run["in/images"]);
        Says(await _run.Refused(_run["in"]), "images");
    }

    [Fact]
    public async Task Options_that_make_no_sense()
    {
        var folder = TestClips.Folder(_run["in"], TestClips.Slide(2));
        FramesOptions[] wrong =
        [
            new() { Stride = 0 }, new() { FirstFrame = -1 }, new() { MaxFrames = 0 }, new() { LongSidePixels = 10 }, new() { ResizeFactor = 2 },
            new() { ResizeFactor = double.NaN }, new() { FolderFramesPerSecond = 0 }, new() { OnCut = "maybe" },
        ];
        foreach (var options in wrong) Assert.Equal(FailureKind.Usage, (await _run.Refused(folder, options)).Kind);
    }

    private static void Says(Depth3DException error, string text)
    {
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Where);
        Assert.NotNull(error.Remedy);
    }
}
