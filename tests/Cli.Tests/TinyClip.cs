using Depth3D.Native;

namespace Depth3D.Cli.Tests;

/// <summary>A clip so small that the whole recipe takes seconds, rendered once for all tests, with what makes a run of it short.</summary>
public sealed class TinyClip : IAsyncLifetime
{
    public const int Frames = 10;

    public string Root { get; } = Directory.CreateTempSubdirectory("depth3d-tiny-").FullName;

    public string Truth => Path.Combine(Root, "truth");

    public string Images => Path.Combine(Truth, "images");

    /// <summary>The same pictures as a film whose name is as awkward as file names come.</summary>
    public string Film => Path.Combine(Root, "-a b ü %05d\nx.mp4");

    public string[] Options => ["--cameras", "file:" + Path.Combine(Truth, "cameras.json"), "--train-size", "128", "--steps", "12", "--warmup-steps", "4"];

    public async Task InitializeAsync()
    {
        var rendered = await CliProcess.RunAsync("sample", "render", "--frames", $"{Frames}", "--size", "192x108", "--out", Truth);
        Assert.True(rendered.ExitCode == 0, rendered.OutputTail);
        await CliProcess.FfmpegAsync(Film, "-framerate", "24", "-i", Path.Combine(Images, "frame_%05d.png"), "-crf", "12", "-pix_fmt", "yuv420p");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return Task.CompletedTask;
    }

    public Task<ProcessResult> RunAsync(string source, string outFolder, params string[] more) =>
        CliProcess.RunAsync(["run", "--out", outFolder, .. Options, .. more, "--", source]);
}
