using System.Text.Json;
using Depth3D.Cluster.Operations;

namespace Depth3D.Cli.Remote;

/// <summary>Prints the JSON of a result as its shape says: a list as a table, an object as lines and tables, or ids alone, or the JSON itself.</summary>
internal sealed class ResultPrinter(TextWriter writer, ResultShape shape, ResultStyle style)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private PlainTable? _following;

    public ResultStyle Style => style;

    public void Print(JsonElement result)
    {
        if (style == ResultStyle.Json) writer.WriteLine(Terminal.Printable(JsonSerializer.Serialize(result, Indented)));
        else if (style == ResultStyle.Quiet) PrintIds(result, shape);
        else PrintTables(result, shape);
    }

    /// <summary>One row of a result that goes on; JSON is then a line per row.</summary>
    public void PrintRow(JsonElement row)
    {
        if (style == ResultStyle.Json)
        {
            writer.WriteLine(Terminal.Printable(JsonSerializer.Serialize(row)));
        }
        else if (style == ResultStyle.Quiet)
        {
            PrintId(row, shape.Id ?? shape.Columns[0]);
        }
        else
        {
            if (_following is null)
            {
                _following = new PlainTable(writer, shape.Columns);
                _following.WriteHeader();
            }

            _following.Write(Cells(row, shape));
        }

        writer.Flush();
    }

    private void PrintIds(JsonElement result, ResultShape of)
    {
        if (of.IsList)
        {
            foreach (var row in result.EnumerateArray()) PrintId(row, of.Id ?? of.Columns[0]);
        }
        else if (of.Id is { } id)
        {
            PrintId(result, id);
        }
        else if (of.Parts is [var first, ..] && result.TryGetProperty(first.Property, out var rows))
        {
            PrintIds(rows, first.Shape);
        }
    }

    private void PrintId(JsonElement row, Column id) => writer.WriteLine(Text(row, id).Trim());

    private void PrintTables(JsonElement result, ResultShape of)
    {
        if (of.IsList)
        {
            PrintList(result, of);
            return;
        }

        var width = of.Columns.Where(c => c.Format != ColumnFormat.Block).Select(c => c.Header.Length).DefaultIfEmpty().Max() + 2;
        foreach (var column in of.Columns)
        {
            var text = Text(result, column);
            if (text.Length == 0) continue;
            if (column.Format == ColumnFormat.Block) writer.WriteLine($"{column.Header}:\n  {text.TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal)}");
            else writer.WriteLine((column.Header + ":").PadRight(width) + text);
        }

        foreach (var part in of.Parts)
        {
            if (!result.TryGetProperty(part.Property, out var rows)) continue;
            var isEmpty = part.Shape.IsList && rows.GetArrayLength() == 0;
            writer.WriteLine(isEmpty ? $"\n{part.Title}: none" : $"\n{part.Title}");
            if (!isEmpty) PrintTables(rows, part.Shape);
        }
    }

    private void PrintList(JsonElement rows, ResultShape of)
    {
        if (rows.GetArrayLength() == 0)
        {
            Terminal.Say("none");
            return;
        }

        var table = new PlainTable(writer, of.Columns);
        var cells = rows.EnumerateArray().Select(r => Cells(r, of)).ToList();
        table.Fit(cells);
        table.WriteHeader();
        foreach (var row in cells) table.Write(row);
    }

    private static string[] Cells(JsonElement row, ResultShape of) => [.. of.Columns.Select(c => Text(row, c))];

    private static string Text(JsonElement row, Column column) =>
        Terminal.Printable(ValueText.Of(row.TryGetProperty(column.Property, out var value) ? value : default, column.Format));
}
