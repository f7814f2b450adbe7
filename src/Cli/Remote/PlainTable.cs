using Depth3D.Cluster.Operations;

namespace Depth3D.Cli.Remote;

/// <summary>
/// Aligned columns without boxes: they paste into mails, and <c>awk</c> reads them. Rows may come one at a time; a column then widens
/// as it must.
/// </summary>
internal sealed class PlainTable(TextWriter writer, IReadOnlyList<Column> columns)
{
    private const string Gap = "  ";

    private readonly int[] _widths = [.. columns.Select(c => Math.Max(c.Header.Length, c.Format == ColumnFormat.Time ? 19 : 0))];

    /// <summary>Makes room for rows that are known before the first is written.</summary>
    public void Fit(IEnumerable<string[]> rows)
    {
        foreach (var row in rows)
            for (var i = 0; i < row.Length; i++) _widths[i] = Math.Max(_widths[i], row[i].Length);
    }

    public void WriteHeader() => Write([.. columns.Select(c => c.Header)]);

    public void Write(string[] row)
    {
        Fit([row]);
        var cells = row.Select((text, i) => IsRight(columns[i].Format) ? text.PadLeft(_widths[i]) : text.PadRight(_widths[i]));
        writer.WriteLine(string.Join(Gap, cells).TrimEnd());
    }

    private static bool IsRight(ColumnFormat format) =>
        format is ColumnFormat.Integer or ColumnFormat.Percent or ColumnFormat.Bytes or ColumnFormat.Duration;
}
