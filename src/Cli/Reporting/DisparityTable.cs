using System.Globalization;
using Depth3D.Cli.Running;
using Spectre.Console;

namespace Depth3D.Cli.Reporting;

/// <summary>Agreement with another method's disparity as people read it.</summary>
internal static class DisparityTable
{
    public static void Print(IReadOnlyList<DisparityRow> rows)
    {
        var table = Tables.Create("what", "region", "Pearson", "Spearman", "Pearson per frame");
        foreach (var row in rows)
            table.AddRow(row.What, row.Region, Number(row.Pearson, "0.000"), Number(row.Spearman, "0.000"), string.Join(' ', row.PerFrame.Select(v => Number(v, "0.00"))));
        Console.WriteLine("correlation of inverse depth with the other disparity:");
        Tables.Print(table);
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
