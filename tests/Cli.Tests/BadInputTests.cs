using Depth3D.Messages;

namespace Depth3D.Cli.Tests;

/// <summary>What users really give: every case ends with a text that names the file, its exit code, and no folder left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-bad-").FullName;

    private string Out => Path.Combine(_root, "out");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public Task A_missing_file() => IsRefused(Path.Combine(_root, "missing.mp4"), "no such file");

    [Fact]
    public async Task An_empty_file()
    {
        var clip = Clip("empty.mp4");
        await File.WriteAllBytesAsync(clip, []);
        await IsRefused(clip, "empty");
    }

    [Fact]
    public async Task Something_that_is_no_video()
    {
        var clip = Clip("text.mp4");
        await File.WriteAllTextAsync(clip, string.Concat(Enumerable.Repeat("this is not a video\n", 500)));
        await IsRefused(clip);
    }

    [Fact]
    public async Task A_truncated_video()
    {
        var clip = Clip("cut-off.mp4");
        await Moving(clip, "2");
        await File.WriteAllBytesAsync(clip, (await File.ReadAllBytesAsync(clip))[..4000]);
        await IsRefused(clip);
    }

    [Fact]
    public async Task Sound_without_pictures()
    {
        var clip = Clip("sound.mp4");
        await CliProcess.FfmpegAsync(clip, "-f", "lavfi", "-i", "sine=duration=1");
        await IsRefused(clip);
    }

    [Fact]
    public async Task A_single_frame()
    {
        var clip = Clip("one.mp4");
        await CliProcess.FfmpegAsync(clip, "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24", "-frames:v", "1");
        await IsRefused(clip, "frame");
    }

    [Fact]
    public async Task A_black_clip()
    {
        var clip = Clip("black.mp4");
        await CliProcess.FfmpegAsync(clip, "-f", "lavfi", "-i", "color=black:size=320x180:rate=24:duration=0.6");
        await IsRefused(clip, "black");
    }

    [Fact]
    public async Task A_hard_cut()
    {
        var clip = Clip("cut.mp4");
        await CliProcess.FfmpegAsync(clip, "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24:duration=0.5",
            "-f", "lavfi", "-i", "mandelbrot=size=320x180:rate=24", "-filter_complex", "[1]trim=duration=0.5[b];[0][b]concat=n=2:v=1", "-pix_fmt", "yuv420p");
        await IsRefused(clip, "--on-cut");
    }

    [Fact]
    public async Task An_empty_folder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "frames")).FullName;
        await IsRefused(folder);
    }

    [Fact]
    public async Task A_playlist_that_points_elsewhere()
    {
        var clip = Clip("list.m3u8");
        await File.WriteAllTextAsync(clip, "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/secret.ts\n#EXT-X-ENDLIST\n");
        await IsRefused(clip);
    }

    [Fact]
    public async Task An_output_folder_that_is_a_file()
    {
        var clip = Clip("clip.mp4");
        await Moving(clip, "0.5");
        await File.WriteAllTextAsync(Out, "mine");
        var result = await CliProcess.RunAsync("run", clip, "--out", Out);
        Assert.Equal((int)ExitCode.Storage, result.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(Out));
    }

    [Theory]
    [InlineData("--prior", "onnx:no-such-model")]
    [InlineData("--masks", "onnx:no-such-model")]
    [InlineData("--masks", "dir:no-such-folder")]
    [InlineData("--cameras", "file:no-such-file")]
    [InlineData("--prior", "dir:no-such-folder")]
    public async Task A_method_whose_input_is_missing(string option, string value)
    {
        var clip = Clip("clip.mp4");
        await Moving(clip, "0.5");
        await IsRefused(clip, "no-such", option, value);
    }

    private string Clip(string name) => Path.Combine(_root, name);

    private static Task Moving(string path, string seconds) => CliProcess.FfmpegAsync(
        path, "-f", "lavfi", "-i", $"mandelbrot=size=320x180:rate=24", "-t", seconds, "-pix_fmt", "yuv420p");

    private async Task IsRefused(string source, string? saying = null, params string[] options)
    {
        var result = await CliProcess.RunAsync(["run", source, "--out", Out, .. options]);

        Assert.True((int)ExitCode.BadInput == result.ExitCode, $"exit code {result.ExitCode}:\n{result.OutputTail}");
        if (saying is not null) Assert.Contains(saying, result.OutputTail, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.OutputTail, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out), "an output folder was left behind");
    }
}
