using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Depth3D.Messages;
using Depth3D.Native;

namespace Depth3D.Cli.Tests;

/// <summary>The command as a user runs it, from frames to files, interrupted and killed on the way.</summary>
public sealed partial class EndToEndTests(TinyClip clip) : IClassFixture<TinyClip>, IDisposable
{
    private const int SigInt = 2, SigKill = 9;

    private readonly string _root = Directory.CreateTempSubdirectory("depth3d-run-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_run_leaves_everything_it_promises_and_knows_when_it_is_done()
    {
        var folder = Path.Combine(_root, "run");
        var first = await clip.RunAsync(clip.Images, folder);
        Assert.True(first.ExitCode == 0, first.OutputTail);

        Assert.All((string[])["source.mp4", "depth.mp4", "side-by-side.mp4", "pointcloud.mp4"], v => Assert.True(File.Exists(Path.Combine(folder, "video", v)), v));
        foreach (var (sub, pattern) in (ReadOnlySpan<(string, string)>)[("depth", "*.npz"), ("depth", "*.exr"), ("pointcloud", "*.ply"), ("masks", "*.png"), ("prior", "*.npy")])
            Assert.Equal(TinyClip.Frames, Directory.GetFiles(Path.Combine(folder, sub), pattern).Length);
        var report = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"));
        Assert.DoesNotContain("http://", report.Replace("http://www.w3.org/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("data:image/jpeg;base64,", report, StringComparison.Ordinal);
        var training = await File.ReadAllTextAsync(Path.Combine(folder, "train.html"));
        Assert.Contains("Finished: 16 of 16 steps.", training, StringComparison.Ordinal);
        Assert.Contains("data:image/jpeg;base64,", training, StringComparison.Ordinal);
        using (var run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "run.json"))))
            Assert.True(run.RootElement.GetProperty("results").GetArrayLength() > 5);

        var before = Hashes(folder);
        var again = await clip.RunAsync(clip.Images, folder);
        Assert.Equal(0, again.ExitCode);
        Assert.DoesNotContain("done in", again.OutputTail, StringComparison.Ordinal);
        Assert.Equal(before, Hashes(folder));

        var other = await clip.RunAsync(clip.Images, folder, "--seed", "2");
        Assert.Equal((int)ExitCode.Usage, other.ExitCode);
        Assert.Contains("--fresh", other.OutputTail, StringComparison.Ordinal);
        Assert.Equal(before, Hashes(folder));

        var eval = await CliProcess.RunAsync("eval", folder, "--truth", clip.Truth, "--masks", Path.Combine(clip.Truth, "masks"), "--output", "json");
        Assert.True(eval.ExitCode == 0, eval.OutputTail);
        EvaluationSchema.Check(folder, clip.Truth);
    }

    [Fact]
    public async Task An_awkward_file_name_is_only_a_name()
    {
        var result = await clip.RunAsync(clip.Film, Path.Combine(_root, "-out %d ü"));
        Assert.True(result.ExitCode == 0, result.OutputTail);
        Assert.True(File.Exists(Path.Combine(_root, "-out %d ü", "video", "depth.mp4")));
    }

    [Fact]
    public async Task Killed_or_interrupted_anywhere_it_resumes_and_ends_with_the_same_files()
    {
        var undisturbed = Path.Combine(_root, "undisturbed");
        Assert.Equal(0, (await clip.RunAsync(clip.Images, undisturbed)).ExitCode);

        var disturbed = Path.Combine(_root, "disturbed");
        Assert.Equal(137, await StopAfterAsync("frames: done", SigKill, disturbed));
        Assert.Equal((int)ExitCode.Cancelled, await StopAfterAsync("masks: done", SigInt, disturbed));
        Assert.Equal(137, await StopAfterAsync("sequence: done", SigKill, disturbed));
        Assert.Equal((int)ExitCode.Cancelled, await StopAfterAsync("train: done", SigInt, disturbed));
        var resumed = await clip.RunAsync(clip.Images, disturbed);

        Assert.True(resumed.ExitCode == 0, resumed.OutputTail);
        Assert.Contains("train: done before", resumed.OutputTail, StringComparison.Ordinal);
        Assert.Equal(Hashes(undisturbed), Hashes(disturbed));
    }

    /// <summary>Runs until a line appears, sends a signal, and returns the exit code.</summary>
    private async Task<int> StopAfterAsync(string line, int signal, string folder)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        // A shell's background job ignores SIGINT and so would everything it starts.
        using var process = ExternalProcess.Start("env", ["--default-signal=INT", "dotnet",
            Path.Combine(AppContext.BaseDirectory, "depth3d.dll"), "run", "--out", folder, .. clip.Options, "--", clip.Images]);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var sent = false;
        while (await process.StandardError.ReadLineAsync(limit.Token) is { } text)
        {
            if (sent || !text.StartsWith(line, StringComparison.Ordinal)) continue;
            sent = true;
            Assert.Equal(0, Kill(process.Id, signal));
        }

        Assert.True(sent, $"the run ended before '{line}'");
        await output;
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Every file people see, but for those that hold timings.</summary>
    private static SortedDictionary<string, string> Hashes(string folder)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file);
            if (name is not ("run.json" or "report.html") && !name.StartsWith(".depth3d", StringComparison.Ordinal))
                result[name] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return result;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
