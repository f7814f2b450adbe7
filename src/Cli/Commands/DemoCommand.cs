using System.CommandLine;
using Depth3D.Cli.Running;
using Depth3D.Messages;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d demo</c>: the whole recipe on a clip whose depth is known, with the errors before and after the joint optimisation.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var outFolder = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder for the clip and the results.",
            DefaultValueFactory = _ => new DirectoryInfo("depth3d-demo"),
        };
        var sceneName = new Option<string>("--scene") { Description = string.Join(", ", TruthScene.Names) + ".", DefaultValueFactory = _ => "courtyard" };
        var frames = new Option<int>("--frames") { Description = "Number of frames.", DefaultValueFactory = _ => 48 };
        var clipSize = new Option<string>("--clip-size") { Description = "Size of the rendered clip.", DefaultValueFactory = _ => "640x360" };
        var fresh = new Option<bool>("--fresh") { Description = "Forget an earlier demo in --out and start again." };
        var output = CommonOptions.Output();
        var options = new DepthOptionSet();
        var command = new Command("demo", "Render a clip with known depth, run the whole recipe on it, and print the errors.")
        {
            outFolder, sceneName, frames, clipSize, fresh, output,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(outFolder)!.FullName;
            var scene = TruthScene.Named(parsed.GetValue(sceneName)!, parsed.GetValue(frames));
            var size = FrameSize.Parse(parsed.GetValue(clipSize)!, clipSize.Name);
            var truth = Path.Combine(folder, "truth");
            using var display = new ProgressDisplay(Console.Error, Terminal.IsInteractive, TimeProvider.System);
            if (!TruthClips.IsComplete(truth, scene, size)) TruthClips.Render(truth, scene, size, display, cancellation);
            var depth = options.Read(parsed, Path.Combine(truth, TruthFolder.ImagesFolder));
            var run = new DepthRun(depth, Path.Combine(folder, "run"), parsed.GetValue(fresh));
            var outcome = await run.ExecuteAsync(display, truth, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(output) == OutputFormat.Json) Terminal.WriteJson(outcome);
            else OutcomePrinter.Print(outcome);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
