using System.Globalization;
using Depth3D.Cli.Reporting;
using Spectre.Console;

namespace Depth3D.Cli.Running;

/// <summary>Prints a finished run for people: errors where the truth is known, notes, and what was made.</summary>
internal static class OutcomePrinter
{
    public static void Print(RunOutcome outcome)
    {
        foreach (var note in outcome.Notes) Console.WriteLine(Terminal.Printable("note: " + note));
        if (outcome.Errors is { } errors)
        {
            Console.WriteLine();
            EvaluationTable.Print(errors);
        }

        var made = Tables.Create("made", "files", "size");
        foreach (var line in outcome.Results) made.AddRow(Plain(line.Path), line.Files.ToString(CultureInfo.InvariantCulture), Size(line.Bytes));
        made.AddRow(Plain(outcome.ReportPath), "1", Size(new FileInfo(outcome.ReportPath).Length));
        Console.WriteLine();
        Tables.Print(made);
        Console.WriteLine();
        Console.WriteLine("time by stage: " + TimeShares(outcome.Timings));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{outcome.ComputeSeconds:0} s of computing, peak memory {outcome.PeakMemoryBytes / (double)(1L << 30):0.0} GiB"));
    }

    public static string TimeShares(IReadOnlyList<StageTiming> timings)
    {
        var all = timings.Sum(t => t.Elapsed.TotalSeconds);
        return string.Join(", ", timings.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Stage} {t.Elapsed.TotalSeconds / all * 100:0} %")));
    }

    private static string Plain(string text) => Markup.Escape(Terminal.Printable(text));

    public static string Size(long bytes) => bytes switch
    {
        >= 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GiB"),
        >= 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
    };
}
