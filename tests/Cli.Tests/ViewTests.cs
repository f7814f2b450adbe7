using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Cli.Tests;

/// <summary><c>depth3d view</c> and <c>depth3d gallery</c> as a user types them, on a finished run.</summary>
public sealed partial class ViewTests(TinyClip clip) : IClassFixture<TinyClip>, IDisposable
{
    private const int SigInt = 2;

    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-view-").FullName;

    private string Run => Path.Combine(_root, "run");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_run_is_served_until_interrupted_and_shown_on_one_page()
    {
        var made = await clip.RunAsync(clip.Images, Run);
        Assert.True(made.ExitCode == 0, made.OutputTail);
        var before = Files();
        Assert.Equal(0, await ViewAsync(SeenAsync));
        Assert.Equal(before, Files());

        var gallery = await CliProcess.RunAsync("gallery", Run);
        Assert.True(gallery.ExitCode == 0, gallery.OutputTail);
        var page = await File.ReadAllTextAsync(Path.Combine(Run, "gallery.html"));
        foreach (var shown in (string[])["src=\"video/depth.mp4\"", "href=\"report.html\"", "data:image/jpeg;base64,", "pointcloud/cloud_#.ply"])
            Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.Equal([.. before.Append("gallery.html").Order(StringComparer.Ordinal)], Files());
    }

    [Fact]
    public async Task What_is_no_finished_run_is_refused()
    {
        foreach (var verb in (string[])["view", "gallery"])
        {
            var result = await CliProcess.RunAsync(verb, _root);
            Assert.Equal((int)ExitCode.BadInput, result.ExitCode);
            Assert.Contains("not made by depth3d run", result.OutputTail, StringComparison.Ordinal);
        }

        Assert.Equal((int)ExitCode.Usage, (await CliProcess.RunAsync("view", _root, "--port", "65536")).ExitCode);
        Assert.Equal((int)ExitCode.Usage, (await CliProcess.RunAsync("view", _root, "--points", "0")).ExitCode);
    }

    [Fact]
    public async Task A_loop_is_served_and_shown_on_one_page()
    {
        var package = Directory.CreateDirectory(Path.Combine(Run, "package")).FullName;
        await File.WriteAllTextAsync(Path.Combine(package, "scene.json"), "{ \"format\": \"mtv/1\" }");
        await File.WriteAllTextAsync(Path.Combine(package, "index.html"), "a page of the package");
        Assert.Equal(0, await ViewAsync(async address =>
        {
            using var http = new HttpClient();
            Assert.Contains("id=\"picture\"", await http.GetStringAsync(new Uri(address)), StringComparison.Ordinal);
            Assert.Contains("mtv/1", await http.GetStringAsync(new Uri(address + "loop/scene.json")), StringComparison.Ordinal);
        }));
        var gallery = await CliProcess.RunAsync("gallery", Run);
        Assert.True(gallery.ExitCode == 0, gallery.OutputTail);
        Assert.Contains("href=\"package/index.html\">Open the loop", await File.ReadAllTextAsync(Path.Combine(Run, "gallery.html")), StringComparison.Ordinal);
    }

    private static async Task SeenAsync(string address)
    {
        Assert.StartsWith("http://127.0.0.1:", address, StringComparison.Ordinal);
        using var http = new HttpClient();
        using var facts = JsonDocument.Parse(await http.GetStringAsync(new Uri(address + "clip.json")));
        Assert.Equal(TinyClip.Frames, facts.RootElement.GetProperty("frameCount").GetInt32());
        for (var frame = 0; frame < TinyClip.Frames; frame++)
        {
            var bytes = await http.GetByteArrayAsync(new Uri(address + "frames/" + frame.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(facts.RootElement.GetProperty("frameBytes").GetInt32(), bytes.Length);
        }

        Assert.Contains("files/video/depth.mp4", await http.GetStringAsync(new Uri(address + "gallery")), StringComparison.Ordinal);
    }

    /// <summary>Starts the viewer, looks, interrupts it, and returns its exit code.</summary>
    private async Task<int> ViewAsync(Func<string, Task> look)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        // A shell's background job ignores SIGINT and so would everything it starts.
        using var process = ExternalProcess.Start("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "depth3d.dll"), "view", Run, "--no-open"]);
        var said = process.StandardError.ReadToEndAsync(limit.Token);
        var address = await process.StandardOutput.ReadLineAsync(limit.Token);
        if (address is null) Assert.Fail(await said);
        await look(address);
        Assert.Equal(0, Kill(process.Id, SigInt));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    private string[] Files() => [.. Directory.EnumerateFiles(Run, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Run, f))
        .Where(f => !f.StartsWith(".depth3d", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
