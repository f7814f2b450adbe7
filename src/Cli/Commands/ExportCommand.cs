using System.CommandLine;
using Depth3D.Cli.Remote;
using Depth3D.Cli.Running;
using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Nodes.Render.Exports;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d export RUN --format exr,ply --out DIR</c>: files for other programs, of a finished run or, with <c>--clip</c>, of a clip of a cluster.</summary>
internal static class ExportCommand
{
    private const string EveryFormat = "all";

    public static Command Build()
    {
        var run = new Argument<DirectoryInfo?>("run") { Description = "Folder of a finished run: the --out of depth3d run.", Arity = ArgumentArity.ZeroOrOne };
        var clip = new Option<string?>("--clip") { Description = "Instead of a run: a finished clip of the cluster at --at." };
        var formats = new Option<string[]>("--format")
        {
            Description = $"Formats, with commas: {string.Join(", ", ExportFormats.All.Select(f => f.Name))}; or {EveryFormat}. docs/formats.md says what each holds.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var scale = new Option<double>("--scale")
        {
            Description = "Multiply depth, camera positions and points: units of the export in one of the clip.",
            DefaultValueFactory = _ => 1,
        };
        var unit = new Option<string>("--unit") { Description = "What one unit of the export then is, such as metre; written into the files.", DefaultValueFactory = _ => "" };
        var outFolder = CommonOptions.Out("Folder for the files.");
        var force = new Option<bool>("--force") { Description = "Replace files that are there." };
        var seed = new SeedOptions();
        var command = new Command("export", "Write a finished run in the formats of other programs.") { run, clip, formats, scale, unit, outFolder, force };
        seed.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new ExportOptions { Formats = Split(parsed.GetValue(formats)!), Scale = parsed.GetValue(scale), Unit = parsed.GetValue(unit)! };
            ExportFormats.Check(options);
            var (folder, replace) = (parsed.GetValue(outFolder)!.FullName, parsed.GetValue(force));
            if (parsed.GetValue(run) is null == parsed.GetValue(clip) is null)
                throw new Depth3DException("expected the folder of a run, or --clip with the name of a clip", "export", "run: depth3d export --help", FailureKind.Usage);
            if (parsed.GetValue(clip) is { } name)
            {
                using var client = seed.Open(parsed);
                return await new ClusterExport(client, new ClipId(name), options).ExecuteAsync(folder, replace, cancellation).ConfigureAwait(false);
            }

            var (isQuiet, output) = seed.Style(parsed);
            var export = new ExportRun(FinishedRun.Open(parsed.GetValue(run)!.FullName), options, folder, replace);
            using var display = new ProgressDisplay(isQuiet ? TextWriter.Null : Console.Error, Terminal.IsInteractive, TimeProvider.System);
            JobPrinter.Print(await export.ExecuteAsync(display, cancellation).ConfigureAwait(false), isQuiet, output);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string[] Split(string[] given)
    {
        string[] names = [.. given.SelectMany(g => g.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
        if (names is [EveryFormat]) return [.. ExportFormats.All.Select(f => f.Name)];
        return names.Length > 0 ? names : throw new Depth3DException("names no format", "--format", "see docs/formats.md", FailureKind.Usage);
    }
}
