using System.CommandLine;
using Depth3D.Cli.Running;
using Depth3D.Messages;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d sample render</c> and <c>depth3d sample loop</c>: clips of which everything is known.</summary>
internal static class SampleCommand
{
    private const int MostFrames = 10_000;

    public static Command Build() => new("sample", "Make clips with exact depth, cameras, masks and flow.") { Render(), Loop() };

    private static Command Render()
    {
        var scene = new Option<string>("--scene") { Description = string.Join(", ", TruthScene.Names) + ".", DefaultValueFactory = _ => "courtyard" };
        var frames = new Option<int>("--frames") { Description = "Number of frames.", DefaultValueFactory = _ => 48 };
        var size = new Option<string>("--size") { Description = "Width x height in pixels.", DefaultValueFactory = _ => "640x360" };
        var camera = new Option<TruthCameraMotion?>("--camera") { Description = "How the camera moves; the scene's own way when left out." };
        var outFolder = CommonOptions.Out("Folder for the clip and its truth.");
        var command = new Command("render", "Render a scene whose depth, cameras, masks and flow are exact.") { scene, frames, size, camera, outFolder };
        command.SetAction((parsed, cancellation) =>
        {
            var made = TruthScene.Named(parsed.GetValue(scene)!, parsed.GetValue(frames), parsed.GetValue(camera));
            var folder = parsed.GetValue(outFolder)!.FullName;
            using var display = new ProgressDisplay(Console.Error, Terminal.IsInteractive, TimeProvider.System);
            TruthClips.Render(folder, made, FrameSize.Parse(parsed.GetValue(size)!), display, cancellation);
            Console.WriteLine(Terminal.Printable(Path.Combine(folder, TruthFolder.ImagesFolder)));
            return Task.CompletedTask;
        });
        return command;
    }

    private static Command Loop()
    {
        var scene = new Option<string>("--scene") { Description = string.Join(", ", TruthLoop.Names) + ".", DefaultValueFactory = _ => "flag" };
        var period = new Option<int>("--period") { Description = "Frames after which everything repeats.", DefaultValueFactory = _ => 30 };
        var views = new Option<int>("--views") { Description = "Fixed cameras, each recording at another moment.", DefaultValueFactory = _ => 5 };
        var frames = new Option<int>("--frames") { Description = "Frames of the shortest recording.", DefaultValueFactory = _ => 90 };
        var size = new Option<string>("--size") { Description = "Width x height in pixels.", DefaultValueFactory = _ => "320x180" };
        var outFolder = CommonOptions.Out("Folder for the clips and their truth.");
        var command = new Command("loop", "Film a scene that repeats exactly with fixed cameras, out of sync.") { scene, period, views, frames, size, outFolder };
        command.SetAction(async (parsed, cancellation) =>
        {
            var loop = TruthLoop.Named(parsed.GetValue(scene)!, parsed.GetValue(period), parsed.GetValue(views));
            var (count, picture) = (parsed.GetValue(frames), FrameSize.Parse(parsed.GetValue(size)!));
            if (count is < 2 or > MostFrames) throw new Depth3DException($"{count} is out of range; expected 2 to {MostFrames}", "--frames", kind: FailureKind.Usage);
            var folder = parsed.GetValue(outFolder)!.FullName;
            await TruthLoopFolder.WriteAsync(folder, loop, picture.Width, picture.Height, count, cancellation).ConfigureAwait(false);
            Console.WriteLine(Terminal.Printable(Path.Combine(folder, TruthLoopFolder.ClipsFolder)));
        });
        return command;
    }
}
