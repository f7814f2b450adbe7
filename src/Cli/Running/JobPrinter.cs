using System.Globalization;
using Spectre.Console;

namespace Depth3D.Cli.Running;

/// <summary>Prints what an effect or an export made.</summary>
internal static class JobPrinter
{
    /// <param name="isQuiet">The folder alone.</param>
    public static void Print(JobOutcome outcome, bool isQuiet, OutputFormat output)
    {
        if (isQuiet)
        {
            Console.WriteLine(outcome.Folder);
            return;
        }

        if (output == OutputFormat.Json)
        {
            Terminal.WriteJson(outcome);
            return;
        }

        var made = Tables.Create("made", "files", "size");
        foreach (var line in outcome.Results)
            made.AddRow(Markup.Escape(Terminal.Printable(line.Path)), line.Files.ToString(CultureInfo.InvariantCulture), OutcomePrinter.Size(line.Bytes));
        Tables.Print(made);
        if (outcome.WasDone) Console.WriteLine("everything was done before");
        else Console.WriteLine("time by stage: " + OutcomePrinter.TimeShares(outcome.Timings));
    }
}
