using System.Globalization;
using Depth3D.Pipeline.Loops;
using Spectre.Console;

namespace Depth3D.Cli.Running;

/// <summary>Prints a finished loop: what to know, what it is worth, what was made.</summary>
internal static class LoopPrinter
{
    /// <param name="isQuiet">The folder alone.</param>
    public static void Print(LoopOutcome outcome, bool isQuiet, OutputFormat output)
    {
        if (!isQuiet && output == OutputFormat.Table)
        {
            foreach (var note in outcome.Notes) Console.WriteLine(Terminal.Printable("note: " + note));
            Quality(outcome.Quality);
        }

        if (!isQuiet && output == OutputFormat.Json) Terminal.WriteJson(outcome);
        else JobPrinter.Print(new JobOutcome(outcome.Folder, outcome.Results, outcome.Timings, outcome.WasDone), isQuiet, output);
        if (!isQuiet && output == OutputFormat.Table)
            Console.WriteLine($"look at it: depth3d view {Terminal.Printable(outcome.Folder)}");
    }

    private static void Quality(LoopQuality quality)
    {
        var table = Tables.Create("quality", "value");
        foreach (var (name, value) in quality.Metrics) Row(name, $"{value:0.###}");
        foreach (var (name, why) in quality.Missing) Row(name, $"not measured: {why}");
        Row("seam / ordinary step", $"{quality.Seam:0.0000} / {quality.MeanStep:0.0000} (largest {quality.LargestStep:0.0000}): {quality.SeamVerdict}");
        Row("motion kept", $"{quality.DeviationRatio:0.00} of the clip's");
        Row("tiles", $"{quality.TilesStatic} still, {quality.TilesDynamic} moving, of {quality.TilesTotal}");
        Row("numbers stored", $"{quality.Parameters / 1e6:0.0} million, {(double)quality.Parameters / quality.DenseParameters:P1} of all planes");
        Row("package", $"{OutcomePrinter.Size(quality.PackageBytes)}");
        Tables.Print(table);

        void Row(string name, FormattableString value) =>
            table.AddRow(Markup.Escape(Terminal.Printable(name)), Markup.Escape(Terminal.Printable(value.ToString(CultureInfo.InvariantCulture))));
    }
}
