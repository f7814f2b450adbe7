using System.Text.Json;
using Depth3D.Cli.Remote;
using Depth3D.Cluster.Operations;

namespace Depth3D.Cli.Tests.Remote;

public sealed class ResultPrinterTests
{
    private const string Nodes = """
        [ { "node": "render-1", "roles": ["render"], "state": "up", "slots": "render 1/2", "busy": 1, "gpus": 0, "silentSeconds": 0.4, "host": "a", "version": "0.1.0", "why": "" },
          { "node": "t", "roles": ["trainer", "render"], "state": "unreachable", "slots": "trainer 0/1", "busy": 0, "gpus": 1, "silentSeconds": 75, "host": "b", "version": "0.1.0", "why": "silent" } ]
        """;

    [Fact]
    public void A_list_is_a_table_whose_columns_line_up()
    {
        var lines = Print("node list", Nodes, ResultStyle.Table).Split('\n');
        Assert.Equal("NODE      ROLES            STATE        SLOTS        BUSY  GPUS  SILENT  HOST  VERSION  WHY", lines[0]);
        Assert.Equal("render-1  render           up           render 1/2      1     0   0.4 s  a     0.1.0", lines[1]);
        Assert.Equal("t         trainer, render  unreachable  trainer 0/1     0     1    1:15  b     0.1.0    silent", lines[2]);
    }

    [Fact]
    public void Quiet_prints_names_alone_for_other_commands_to_read()
    {
        Assert.Equal("render-1\nt\n", Print("node list", Nodes, ResultStyle.Quiet));
        Assert.Equal("shot-1\n", Print("clip show", """{ "clip": "shot-1", "stages": [] }""", ResultStyle.Quiet));
    }

    [Fact]
    public void An_object_is_lines_and_then_its_tables()
    {
        var text = Print("clip show", """
            { "clip": "shot-1", "project": "film", "state": "failed", "priority": 5, "fraction": 0.9999, "remainingSeconds": null, "failure": "no frames",
              "logTail": "line one\nline two\n", "stages": [ { "stage": "frames", "pool": "preprocess-cpu", "state": "failed", "tasks": 1, "fraction": 0 } ] }
            """, ResultStyle.Table);
        Assert.Contains("state:", text, StringComparison.Ordinal);
        Assert.Contains("99.9 %", text, StringComparison.Ordinal); // not done is never shown as 100
        Assert.DoesNotContain("ETA:  ", text, StringComparison.Ordinal);
        Assert.Contains("last lines of its log:\n  line one\n  line two\n", text, StringComparison.Ordinal);
        Assert.Contains("\nStages\nSTAGE ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_what_the_seed_sent()
    {
        using var document = JsonDocument.Parse(Print("node list", Nodes, ResultStyle.Json));
        Assert.Equal("render-1", document.RootElement[0].GetProperty("node").GetString());
    }

    [Fact]
    public void A_result_without_a_property_and_with_an_unknown_one_is_printed_all_the_same() =>
        Assert.Contains("shot-1", Print("clip list", """[ { "clip": "shot-1", "colour": "green" } ]""", ResultStyle.Table), StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_reach_a_terminal_without_escape_sequences(bool quiet)
    {
        var text = Print("node list", "[ { \"node\": \"a\\u001b[31m\\u202eb\", \"why\": \"x\\ny\" } ]", quiet ? ResultStyle.Quiet : ResultStyle.Table);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
    }

    [Fact]
    public void Rows_that_come_one_by_one_are_a_table_or_a_json_line_each()
    {
        var writer = new StringWriter { NewLine = "\n" };
        var printer = new ResultPrinter(writer, CommandTable.Find("clip logs")!.Shape, ResultStyle.Table);
        foreach (var text in (string[])["first", "second"]) printer.PrintRow(JsonSerializer.SerializeToElement(new { task = "flow/003", epoch = 2, text }));
        Assert.Equal("TASK  EPOCH  TEXT\nflow/003      2  first\nflow/003      2  second\n", writer.ToString());

        writer = new StringWriter { NewLine = "\n" };
        new ResultPrinter(writer, CommandTable.Find("clip logs")!.Shape, ResultStyle.Json).PrintRow(JsonSerializer.SerializeToElement(new { text = "a" }));
        Assert.Equal("{\"text\":\"a\"}\n", writer.ToString());
    }

    private static string Print(string command, string json, ResultStyle style)
    {
        var writer = new StringWriter { NewLine = "\n" };
        using var document = JsonDocument.Parse(json);
        new ResultPrinter(writer, CommandTable.Find(command)!.Shape, style).Print(document.RootElement);
        return writer.ToString();
    }
}
