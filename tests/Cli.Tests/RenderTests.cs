using System.Security.Cryptography;
using System.Text.Json;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Cli.Tests;

/// <summary><c>depth3d render</c> as a user types it, on a finished run.</summary>
public sealed class RenderTests(TinyClip clip) : IClassFixture<TinyClip>, IDisposable
{
    private static readonly string[] Focus = ["--focus", "0:3"];

    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-render-").FullName;

    private string Run => Path.Combine(_root, "run");

    private string Result => Path.Combine(Run, "effects", "focus");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task An_effect_is_made_once_refused_when_it_would_differ_and_replaced_when_told()
    {
        await MakeRunAsync();
        var depth = Hashes(Path.Combine(Run, "depth"));
        await RenderAsync(0, [Run, .. Focus]);
        Assert.True(File.Exists(Path.Combine(Result, "effect.mp4")) && File.Exists(Path.Combine(Result, "sheet.png")));
        Assert.Equal(TinyClip.Frames, Directory.GetFiles(Path.Combine(Result, "frames"), "effect_?????.png").Length);
        using (var description = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Result, "effect.json"))))
            Assert.Equal("focus", description.RootElement.GetProperty("settings").GetProperty("effect").GetString());
        var first = Hashes(Result);

        Assert.Contains("everything was done before", (await RenderAsync(0, [Run, .. Focus])).OutputTail, StringComparison.Ordinal);
        Assert.Equal(first, Hashes(Result));
        var refused = await RenderAsync(ExitCode.Usage, [Run, "--focus", "0:9"]);
        Assert.Contains("--force", refused.OutputTail, StringComparison.Ordinal);
        Assert.Contains("effect.keys", refused.OutputTail, StringComparison.Ordinal);
        Assert.Equal(first, Hashes(Result));
        await RenderAsync(0, [Run, "--focus", "0:9", "--name", "far"]);
        Assert.Equal(first, Hashes(Result));
        await RenderAsync(0, [Run, "--focus", "0:9", "--force"]);
        Assert.NotEqual(first, Hashes(Result));
        Assert.Equal(Hashes(Path.Combine(Run, "effects", "far"))["effect.mp4"], Hashes(Result)["effect.mp4"]);
        Assert.Equal(depth, Hashes(Path.Combine(Run, "depth")));
        await AMendedSettingNeedsNoForceAsync();
        await OutIsRespectedAsync();
        await ExportsAreRefusedOverOthersFilesAsync();
        await KilledItResumesAsync();
    }

    [Fact]
    public async Task What_is_no_finished_run_is_refused_before_anything_is_written()
    {
        Assert.Contains("no such folder", (await RenderAsync(ExitCode.BadInput, [Run, .. Focus])).OutputTail, StringComparison.Ordinal);
        Directory.CreateDirectory(Run);
        Assert.Contains("not made by depth3d run", (await RenderAsync(ExitCode.BadInput, [Run, .. Focus])).OutputTail, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Run));
        Assert.Contains("--clip", (await RenderAsync(ExitCode.Usage, Focus)).OutputTail, StringComparison.Ordinal);
        Assert.Contains("focus key", (await RenderAsync(ExitCode.Usage, [Run, "--focus", "first"])).OutputTail, StringComparison.Ordinal);
    }

    private async Task AMendedSettingNeedsNoForceAsync()
    {
        var outside = await RenderAsync(ExitCode.Usage, [Run, "--focus", "0:9999,10", "--name", "point"]);
        Assert.Contains("9999", outside.OutputTail, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Run, "effects", "point")));
        await RenderAsync(0, [Run, "--focus", "0:50,50", "--name", "point"]);
    }

    private async Task OutIsRespectedAsync()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_root, "elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "effect.mp4"), "somebody's film");
        var refused = await RenderAsync(ExitCode.Usage, [Run, "--focus", "0:5", "--name", "other", "--out", elsewhere]);
        Assert.Contains("--force", refused.OutputTail, StringComparison.Ordinal);
        Assert.Equal("somebody's film", await File.ReadAllTextAsync(Path.Combine(elsewhere, "effect.mp4")));
        Assert.Single(Directory.GetFileSystemEntries(elsewhere));
        await RenderAsync(0, [Run, "--focus", "0:9", "--name", "far", "--out", Path.Combine(_root, "new")]);
        Assert.Equal(Hashes(Result)["effect.mp4"], Hashes(Path.Combine(_root, "new"))["effect.mp4"]);
    }

    private async Task ExportsAreRefusedOverOthersFilesAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "export")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.txt"), "mine");
        string[] arguments = ["export", Run, "--format", "nerfstudio,exr", "--out", folder];
        var refused = await CliProcess.RunAsync(arguments);
        Assert.True((int)ExitCode.Usage == refused.ExitCode && refused.OutputTail.Contains("--force", StringComparison.Ordinal), refused.OutputTail);
        Assert.Single(Directory.GetFileSystemEntries(folder));
        Assert.Equal((int)ExitCode.Usage, (await CliProcess.RunAsync("export", Run, "--format", "betamax", "--out", folder)).ExitCode);
        var made = await CliProcess.RunAsync([.. arguments, "--force"]);
        Assert.True(made.ExitCode == 0, made.OutputTail);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(folder, "mine.txt")));
        Assert.Equal(TinyClip.Frames, Directory.GetFiles(folder, "*.exr", SearchOption.AllDirectories).Length);
        var again = await CliProcess.RunAsync(arguments);
        Assert.True(again.ExitCode == 0 && again.OutputTail.Contains("everything was done before", StringComparison.Ordinal), again.OutputTail);
    }

    private async Task KilledItResumesAsync()
    {
        string[] arguments = ["render", "focus", Run, "--focus", "0:9", "--name", "killed"];
        using (var process = ExternalProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "depth3d.dll"), .. arguments]))
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
                if (line.StartsWith("effect-prepare: done", StringComparison.Ordinal)) process.Kill();
            await process.WaitForExitAsync();
            Assert.Equal(137, process.ExitCode);
        }

        Assert.False(Directory.Exists(Path.Combine(Run, "effects", "killed")));
        var resumed = await CliProcess.RunAsync(arguments);
        Assert.True(resumed.ExitCode == 0, resumed.OutputTail);
        Assert.Contains("effect-prepare: done before", resumed.OutputTail, StringComparison.Ordinal);
        var (whole, again) = (Hashes(Result), Hashes(Path.Combine(Run, "effects", "killed")));
        whole.Remove("effect.json"); // holds the name
        again.Remove("effect.json");
        Assert.Equal(whole, again);
    }

    private async Task MakeRunAsync()
    {
        var made = await clip.RunAsync(clip.Images, Run);
        Assert.True(made.ExitCode == 0, made.OutputTail);
    }

    private static async Task<ProcessResult> RenderAsync(ExitCode code, string[] arguments)
    {
        var result = await CliProcess.RunAsync(["render", "focus", .. arguments]);
        Assert.True(result.ExitCode == (int)code, $"{string.Join(' ', arguments)}: {result.ExitCode}\n{result.OutputTail}");
        return result;
    }

    private static Dictionary<string, string> Hashes(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
        f => Path.GetRelativePath(folder, f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))), StringComparer.Ordinal);
}
