using System.Text.Json;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Cli.Tests;

/// <summary><c>depth3d loop</c> as a user types it.</summary>
public sealed class LoopTests(TinyLoop loop, TinyClip tiny) : IClassFixture<TinyLoop>, IClassFixture<TinyClip>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-loop-").FullName;

    private string Out => Path.Combine(_root, "out");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_clip_becomes_a_loop_and_a_killed_one_resumes_to_the_same_bytes()
    {
        var made = await LoopAsync(0, [loop.Clip, .. loop.Options, "--out", Out]);
        var files = TinyLoop.Hashes(Out);
        Assert.Contains("package/scene.json", files.Keys);
        Assert.Contains("video/loop.mp4", files.Keys);
        Assert.Contains("report.html", files.Keys);
        Assert.Equal(TinyLoop.Period, Scene(Out).GetProperty("frames").GetInt32());
        Assert.Contains("depth3d view", made.OutputTail, StringComparison.Ordinal);
        Assert.Contains("everything was done before", (await LoopAsync(0, [loop.Clip, .. loop.Options, "--out", Out])).OutputTail, StringComparison.Ordinal);
        Assert.Equal(files, TinyLoop.Hashes(Out));

        var killed = Path.Combine(_root, "killed");
        await KillAsync("loop-scene: done", [loop.Clip, .. loop.Options, "--out", killed]);
        Assert.False(File.Exists(Path.Combine(killed, "package", "scene.json")));
        Assert.Contains("loop-scene: done before", (await LoopAsync(0, [loop.Clip, .. loop.Options, "--out", killed])).OutputTail, StringComparison.Ordinal);
        Assert.Equal(files, TinyLoop.Hashes(killed));
    }

    [Fact]
    public async Task What_cannot_become_a_loop_is_refused_with_the_reason_and_leaves_nothing()
    {
        Assert.Contains("--depth flat", (await LoopAsync(ExitCode.Usage, [loop.Clip, "--out", Out])).OutputTail, StringComparison.Ordinal);
        Assert.Contains("no such file", (await LoopAsync(ExitCode.BadInput, [Path.Combine(_root, "none.mp4"), .. loop.Options, "--out", Out])).OutputTail, StringComparison.Ordinal);
        Assert.Contains("--depth", (await LoopAsync(ExitCode.Usage, [loop.Clips, .. loop.Options, "--out", Out])).OutputTail, StringComparison.Ordinal);
        Assert.Contains("several views", (await LoopAsync(ExitCode.Usage, [loop.Clip, .. loop.Options, "--held-out-view", "1", "--out", Out])).OutputTail, StringComparison.Ordinal);
        Assert.Contains("a loop needs at least", (await LoopAsync(ExitCode.BadInput, [tiny.Film, .. loop.Options, "--out", Out])).OutputTail, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));

        var brief = await LoopAsync(ExitCode.BadInput, [loop.Clip, .. loop.Options, "--frames", "0-20", "--out", Out]); // shorter than any loop
        Assert.Contains("frames", brief.OutputTail, StringComparison.Ordinal);
        Assert.Equal([".depth3d"], Directory.GetFileSystemEntries(Out).Select(Path.GetFileName));
    }

    private static JsonElement Scene(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package", "scene.json")));
        return json.RootElement.Clone();
    }

    private static async Task KillAsync(string line, string[] arguments)
    {
        using var process = ExternalProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "depth3d.dll"), "loop", .. arguments]);
        while (await process.StandardError.ReadLineAsync() is { } said)
            if (said.StartsWith(line, StringComparison.Ordinal)) process.Kill();
        await process.WaitForExitAsync();
        Assert.Equal(137, process.ExitCode);
    }

    private static async Task<ProcessResult> LoopAsync(ExitCode code, string[] arguments)
    {
        var result = await CliProcess.RunAsync(["loop", .. arguments]);
        Assert.True(result.ExitCode == (int)code, $"{string.Join(' ', arguments)}: {result.ExitCode}\n{result.OutputTail}");
        return result;
    }
}
