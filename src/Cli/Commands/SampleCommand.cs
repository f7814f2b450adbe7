using System.CommandLine;
using Depth3D.Cli.Running;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d sample render</c>: clips of which everything is known.</summary>
internal static class SampleCommand
{
    public static Command Build() => new("sample", "Make clips with exact depth, cameras, masks and flow.") { Render() };

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
}
