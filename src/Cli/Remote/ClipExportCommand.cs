using System.CommandLine;
using System.Text.Json;
using Depth3D.Cli.Commands;
using Depth3D.Cluster.Operations;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary><c>clip export CLIP --out DIR</c>: fetches accepted files into <c>DIR/STAGE/INDEX/</c>, each checked against its hash. The same command goes on.</summary>
internal static class ClipExportCommand
{
    public static Command Build(CommandDefinition definition)
    {
        var (arguments, seed) = (new TableArguments(definition), new SeedOptions());
        var outFolder = CommonOptions.Out("Folder for the files; what is there already with the right content is not fetched again.");
        var command = new Command(definition.Verb, TableCommands.DescriptionOf(definition)) { outFolder };
        arguments.AddTo(command);
        seed.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var values = CommandArguments.Bind(definition, arguments.Given(parsed)).Values;
            var root = Directory.CreateDirectory(parsed.GetValue(outFolder)!.FullName).FullName;
            using var client = seed.Open(parsed);
            var result = await client.CallAsync(definition, values, "", cancellation).ConfigureAwait(false);
            var view = result.Deserialize<ExportView>(OperationJson.Options)!;
            var files = new ClipFiles(client);
            foreach (var file in view.Files) await files.FetchAsync(file, Target(root, file), cancellation).ConfigureAwait(false);
            seed.Printer(parsed, definition.Shape).Print(result);
            return (int)ExitCode.Success;
        });
        return command;
    }

    /// <summary>Where a file goes; a name from elsewhere never leads out of the folder.</summary>
    internal static string Target(string root, FileRow file)
    {
        var folder = Path.GetFullPath(Path.Combine(root, TaskId.Parse(file.Task).ToString()));
        var target = Path.GetFullPath(Path.Combine(folder, file.Name));
        return target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? target
            : throw new RemoteFailure("leads out of the folder; nothing of it was written", ExitCode.BadInput, Terminal.Printable(file.Name));
    }
}
