using System.Diagnostics;
using Depth3D.Messages;

namespace Depth3D.Native.Tests;

public sealed class ExternalProcessTests
{
    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        string[] awkward = ["-n", "a b", "$(id)", "`id`", "é\"'", "*"];
        var lines = new List<string>();
        var result = await ExternalProcess.RunAsync("printf", ["%s\\n", .. awkward], CancellationToken.None, lines.Add);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(awkward, lines);
    }

    [Fact]
    public async Task The_exit_code_and_the_last_lines_are_kept()
    {
        var result = await ExternalProcess.RunAsync("sh", ["-c", "seq 1 100; echo wrong >&2; exit 7"], CancellationToken.None);

        Assert.Equal(7, result.ExitCode);
        Assert.Contains("wrong", result.OutputTail, StringComparison.Ordinal);
        Assert.DoesNotContain("\n50\n", result.OutputTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_program_names_the_doctor()
    {
        var error = await Assert.ThrowsAsync<Depth3DException>(
            () => ExternalProcess.RunAsync("depth3d-no-such-program", [], CancellationToken.None));

        Assert.Equal(FailureKind.MissingTool, error.Kind);
        Assert.Contains("depth3d doctor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_grandchildren_too()
    {
        using var cancel = new CancellationTokenSource();
        var grandchild = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = ExternalProcess.RunAsync("sh", ["-c", "sleep 600 & echo $!; wait"], cancel.Token, line => grandchild.TrySetResult(int.Parse(line)));
        using var sleeper = Process.GetProcessById(await grandchild.Task.WaitAsync(TimeSpan.FromSeconds(30)));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await sleeper.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.True(sleeper.HasExited);
    }

    [Fact]
    public async Task Much_output_on_both_streams_does_not_block()
    {
        var result = await ExternalProcess.RunAsync("sh", ["-c", "seq 1 50000; seq 1 50000 >&2"], CancellationToken.None);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_child_outlives_the_thread_that_asked_for_it()
    {
        Process? child = null;
        var asker = new Thread(() => child = ExternalProcess.Start("sleep", ["600"]));
        asker.Start();
        asker.Join();
        using (child)
        {
            Assert.False(child!.WaitForExit(TimeSpan.FromMilliseconds(200)));
            child.Kill();
            await child.WaitForExitAsync();
        }
    }
}
