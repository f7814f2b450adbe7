using System.CommandLine;
using Depth3D.Cli.Running;
using Depth3D.Messages;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d run SOURCE --out DIR</c>: the whole recipe on one clip.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var source = new Argument<string>("source") { Description = "A video file, or a folder of images." };
        var outFolder = CommonOptions.Out("Folder for the results; the same folder resumes an interrupted run.");
        var fresh = new Option<bool>("--fresh") { Description = "Forget an earlier run in --out and start again." };
        var output = CommonOptions.Output();
        var quiet = new Option<bool>("--quiet") { Description = "Print only the path of the report." };
        var options = new DepthOptionSet();
        var command = new Command("run", "Turn a clip into consistent depth, point clouds and videos.") { source, outFolder, fresh, output, quiet };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var depth = options.Read(parsed, SourceOf(parsed.GetValue(source)!));
            var run = new DepthRun(depth, parsed.GetValue(outFolder)!.FullName, parsed.GetValue(fresh));
            using var display = new ProgressDisplay(parsed.GetValue(quiet) ? TextWriter.Null : Console.Error, Terminal.IsInteractive, TimeProvider.System);
            var outcome = await run.ExecuteAsync(display, truthFolder: null, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(quiet)) Console.WriteLine(outcome.ReportPath);
            else if (parsed.GetValue(output) == OutputFormat.Json) Terminal.WriteJson(outcome);
            else OutcomePrinter.Print(outcome);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string SourceOf(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) || Directory.Exists(full)
            ? full
            : throw new Depth3DException("there is no such file or folder", full, "give a video file or a folder of images");
    }
}
