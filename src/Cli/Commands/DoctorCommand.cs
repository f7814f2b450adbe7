using System.CommandLine;
using Depth3D.Cli.Doctor;
using Depth3D.Messages;
using Spectre.Console;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d doctor</c>: what is present, which versions, which GPU, and what is missing with the command that mends it.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var output = CommonOptions.Output();
        var command = new Command("doctor", "Say what is installed, which versions, and what is missing with the command that mends it.") { output };
        command.SetAction(async (parsed, cancellation) =>
        {
            var findings = await Examination.RunAsync(cancellation).ConfigureAwait(false);
            if (parsed.GetValue(output) == OutputFormat.Json) Terminal.WriteJson(findings);
            else Print(findings);
            return (int)(findings.Any(f => f.Health == Health.Missing) ? ExitCode.MissingTool : ExitCode.Success);
        });
        return command;
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        var table = Tables.Create("", "part", "found", "mend with");
        foreach (var f in findings)
        {
            var mark = f.Health switch { Health.Ok => "[green]ok[/]", Health.Warning => "[yellow]warn[/]", _ => "[red]missing[/]" };
            table.AddRow(new Markup(mark), new Text(f.Part), new Text(f.Detail), new Text(f.Mend ?? ""));
        }

        Tables.Print(table);
    }
}
