using Spectre.Console;

namespace Depth3D.Cli;

/// <summary>Plain aligned tables: no boxes, so that they paste into mails and issues.</summary>
internal static class Tables
{
    public static Table Create(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        return table;
    }

    /// <summary>Writes to standard output; a pipe has no width of its own, so nothing is wrapped there.</summary>
    public static void Print(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 400;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        AnsiConsole.Write(table);
    }
}
