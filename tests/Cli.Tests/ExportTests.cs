using System.Security.Cryptography;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Cli.Tests;

/// <summary><c>depth3d export</c> as a user types it, on a finished run.</summary>
public sealed class ExportTests(TinyClip clip) : IClassFixture<TinyClip>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-export-").FullName;

    private string Run => Path.Combine(_root, "run");

    private string Out => Path.Combine(_root, "out");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task An_export_is_made_once_and_replaces_nothing_unless_told()
    {
        var made = await clip.RunAsync(clip.Images, Run);
        Assert.True(made.ExitCode == 0, made.OutputTail);
        await ExportAsync(0, "--format", "nuke,png16,colmap", "--out", Out);
        Assert.Equal(TinyClip.Frames, File.ReadAllLines(Path.Combine(Out, "nuke", "camera.chan")).Length);
        Assert.Equal(TinyClip.Frames, Directory.GetFiles(Path.Combine(Out, "png16"), "depth_?????.png").Length);
        Assert.True(File.Exists(Path.Combine(Out, "colmap", "sparse", "0", "points3D.bin")));
        var first = Hashes();

        Assert.Contains("everything was done before", (await ExportAsync(0, "--format", "colmap,png16", "nuke", "--out", Out)).OutputTail, StringComparison.Ordinal);
        Assert.Equal(first, Hashes());
        Assert.Contains("--force", (await ExportAsync(ExitCode.Usage, "--format", "nuke", "--scale", "2", "--out", Out)).OutputTail, StringComparison.Ordinal);
        Assert.Equal(first, Hashes());
        await ExportAsync(0, "--format", "nuke", "--scale", "2", "--out", Out, "--force");
        Assert.NotEqual(first["nuke/camera.chan"], Hashes()["nuke/camera.chan"]);
        Assert.Equal(first["png16/depth_00000.png"], Hashes()["png16/depth_00000.png"]);
    }

    [Fact]
    public async Task Formats_and_runs_that_do_not_exist_are_refused_before_anything_is_written()
    {
        Directory.CreateDirectory(Run);
        Assert.Contains("nerfstudio", (await ExportAsync(ExitCode.Usage, "--format", "exrs", "--out", Out)).OutputTail, StringComparison.Ordinal);
        Assert.Contains("--scale", (await ExportAsync(ExitCode.Usage, "--format", "exr", "--scale", "0", "--out", Out)).OutputTail, StringComparison.Ordinal);
        Assert.Contains("not made by depth3d run", (await ExportAsync(ExitCode.BadInput, "--format", "exr", "--out", Out)).OutputTail, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    private async Task<ProcessResult> ExportAsync(ExitCode code, params string[] arguments)
    {
        var result = await CliProcess.RunAsync(["export", Run, .. arguments]);
        Assert.True(result.ExitCode == (int)code, $"{string.Join(' ', arguments)}: {result.ExitCode}\n{result.OutputTail}");
        return result;
    }

    private Dictionary<string, string> Hashes() => Directory.GetFiles(Out, "*", SearchOption.AllDirectories).ToDictionary(
        f => Path.GetRelativePath(Out, f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))), StringComparer.Ordinal);
}
