using System.Globalization;
using System.Text;

namespace Depth3D.Faults.Tests;

/// <summary>What the fault tests of this run have found, as a table.</summary>
public sealed class FaultTable
{
    private static readonly string[] Heads = ["fault", "injected where", "recovered in", "lost", "doubled"];

    private readonly Lock _gate = new();
    private readonly List<FaultRow> _rows = [];

    public void Add(FaultRow row)
    {
        lock (_gate) _rows.Add(row);
    }

    public override string ToString()
    {
        lock (_gate)
        {
            string[][] rows = [Heads, .. _rows.OrderBy(r => Number(r.Fault)).ThenBy(r => r.Where, StringComparer.Ordinal).Select(Cells)];
            var widths = Heads.Select((_, column) => rows.Max(r => r[column].Length)).ToArray();
            var text = new StringBuilder();
            foreach (var row in rows)
                text.Append("| ").AppendJoin(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");
            var rule = $"|{string.Join('|', widths.Select(w => new string('-', w + 2)))}|\n";
            return text.Insert(text.ToString().IndexOf('\n', StringComparison.Ordinal) + 1, rule).ToString();
        }
    }

    private static string[] Cells(FaultRow row) =>
    [
        row.Fault, row.Where, string.Create(CultureInfo.InvariantCulture, $"{row.Recovered.TotalSeconds:0.0} s"),
        string.Create(CultureInfo.InvariantCulture, $"{row.Lost}"), string.Create(CultureInfo.InvariantCulture, $"{row.Doubled}"),
    ];

    private static int Number(string fault) => int.TryParse(fault.Split(' ')[0], CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
