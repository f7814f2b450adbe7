using System.CommandLine;
using Depth3D.Cli.Running;
using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Nodes.Render;
using Depth3D.Viewer;
using Depth3D.Viewer.Loops;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d view RUN</c>: plays a finished run's point cloud, or a loop, in the browser, until interrupted.</summary>
internal static class ViewCommand
{
    private const int LeastPoints = 1_000, MostPoints = 4_000_000;

    public static Command Build()
    {
        var run = new Argument<DirectoryInfo>("run") { Description = "Folder of a finished run or of a loop: the --out of depth3d run or of depth3d loop; or a loop's package." };
        var port = new Option<int>("--port") { Description = "Port on this machine's loopback address; 0 for a free one." };
        var noOpen = new Option<bool>("--no-open") { Description = "Only print the address; do not open a browser." };
        var points = new Option<int>("--points") { Description = "Most points of a frame; larger frames are thinned.", DefaultValueFactory = _ => 262_144 };
        var command = new Command("view", "Play the coloured point cloud of a finished run, or a loop, in the browser.") { run, port, noOpen, points };
        command.SetAction(async (parsed, cancellation) =>
        {
            Check("--port", parsed.GetValue(port), 0, 65535);
            Check("--points", parsed.GetValue(points), LeastPoints, MostPoints);
            var setup = Setup(parsed.GetValue(run)!.FullName) with { Port = parsed.GetValue(port), MostPoints = parsed.GetValue(points) };
            await using var server = await ViewerServer.StartAsync(setup, cancellation).ConfigureAwait(false);
            await ShowAsync(server.Address, parsed.GetValue(noOpen), cancellation).ConfigureAwait(false);
            return (int)ExitCode.Success;
        });
        return command;
    }

    /// <summary>A loop is shown from its package alone; a finished run with its loop beside it.</summary>
    private static ViewerSetup Setup(string folder)
    {
        if (LoopResults.Find(folder) is { } loop) return new() { Name = Path.GetFileName(Path.GetFullPath(folder)), LoopFolder = loop.Package, RunFolder = loop.Folder };
        var finished = FinishedRun.Open(folder);
        var clip = RunScene.Open(finished.Artifacts);
        return new() { Name = clip.Name, Clip = clip, RunFolder = finished.Folder, LoopFolder = LoopResults.OfFinishedRun(finished.Folder)?.Package };
    }

    private static async Task ShowAsync(string address, bool noOpen, CancellationToken cancellation)
    {
        Console.WriteLine(address);
        using var browser = noOpen ? null : Browser.TryOpen(address);
        Terminal.Say(browser is null ? "open the address in a browser on this machine; Ctrl-C ends the viewer" : "Ctrl-C ends the viewer");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The way to end it.
        }
    }

    private static void Check(string option, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new Depth3DException($"{value} is out of range; expected {least} to {most}", option, kind: FailureKind.Usage);
    }
}
