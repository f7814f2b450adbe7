using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Operations;

public sealed class CommandTableTests
{
    public static TheoryData<string> Names => [.. CommandTable.All.Select(c => c.Name)];

    [Fact]
    public void Holds_every_command_operators_were_promised()
    {
        string[] promised =
        [
            "cluster show", "cluster tail", "cluster leave", "cluster down", "cluster down-unreachable",
            "node list", "node show", "node drain", "node cordon", "node uncordon", "node top",
            "clip submit", "clip check", "clip list", "clip show", "clip tree", "clip pause", "clip resume", "clip priority", "clip retry",
            "clip eat", "clip cancel", "clip logs", "clip cost", "clip explain", "clip export",
            "task list", "task show", "shard list", "shard stats", "queue list", "queue errors", "queue requeue",
            "lease list", "lease break", "store verify", "store gc", "audit tail",
        ];
        Assert.Empty(promised.Except(CommandTable.All.Select(c => c.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_is_whole(string name)
    {
        var command = CommandTable.Find(name)!;
        Assert.Matches("^[A-Z].*[.]$", command.Summary);
        Assert.Matches("^[a-z]+ [a-z-]+$", command.Name);
        Assert.False(string.IsNullOrEmpty(CommandTable.Describe(command.Noun)));
        Assert.Equal(command.Arguments.Count, command.Arguments.Select(a => a.Name).Distinct().Count());
        Assert.All(command.Arguments, a => Assert.Matches("^[A-Z].*[.]$", a.Help));
        Assert.DoesNotContain(command.Arguments.SkipWhile(a => a.IsPositional), a => a.IsPositional);
        Assert.DoesNotContain(command.Arguments.SkipWhile(a => a.IsPositional && a.IsRequired), a => a is { IsPositional: true, IsRequired: true });
        Assert.DoesNotContain(command.Arguments, a => a.Name == CommandDefinition.Reason.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_result_has_a_table_with_an_id(string name)
    {
        var shape = CommandTable.Find(name)!.Shape;
        Assert.NotEmpty(shape.Columns);
        Assert.All(shape.Parts, part => Assert.True(part.Shape.IsList && part.Shape.Columns.Count > 0));
        Assert.True(shape.Id is not null || shape.Parts.Any(p => p.Shape.Id is not null) || shape.IsList, $"{name} shows nothing for --quiet");
    }

    [Fact]
    public void Only_operators_change_anything() => Assert.All(
        CommandTable.All.Where(c => c.IsDestructive), c => Assert.Equal(OperatorRight.Operator, c.Right));

    [Theory]
    [InlineData("clip show", "clip", "a..b", "clip")]
    [InlineData("clip show", "clip", "../../etc/cron.d/x", "clip")]
    [InlineData("clip show", "clip", "a\nb", "clip")]
    [InlineData("clip show", "colour", "red", "colour")]
    [InlineData("clip show", null, null, "missing")]
    [InlineData("clip list", "limit", "many", "whole number")]
    [InlineData("clip list", "limit", "99999999999999999999", "whole number")]
    [InlineData("clip list", "state", "gone", "one of")]
    [InlineData("clip cost", "core-rate", "1e400", "number")]
    [InlineData("clip logs", "follow", "yes", "true or false")]
    [InlineData("cluster down-unreachable", "older", "-5", "seconds")]
    [InlineData("task show", "task", "flow", "flow/003")]
    [InlineData("clip list", "project", "a\u001b[2Jb", "control")]
    public void Refuses_in_words(string command, string? name, string? text, string expected)
    {
        var given = name is null ? [] : new Dictionary<string, string> { [name] = text! };
        if (command is "task show" or "clip cost" or "clip logs") given["clip"] = "c";
        var error = Assert.Throws<Depth3DException>(() => CommandArguments.Bind(CommandTable.Find(command)!, given));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("[1]")]
    [InlineData("{")]
    public void Refuses_json_that_is_no_plain_object(string json) => Assert.Throws<Depth3DException>(() => CommandArguments.Bind(
        CommandTable.Find("clip submit")!, new Dictionary<string, string> { ["clip"] = "c", ["options"] = json }));

    [Fact]
    public void Reads_what_was_given_and_what_is_taken_instead()
    {
        var given = new Dictionary<string, string> { ["older"] = "1.5m" };
        Assert.Equal(TimeSpan.FromSeconds(90), CommandArguments.Bind(CommandTable.Find("cluster down-unreachable")!, given).Duration("older"));
        var tail = CommandArguments.Bind(CommandTable.Find("cluster tail")!, new Dictionary<string, string>());
        Assert.True(tail.Flag("follow"));
        Assert.Equal(20, tail.Integer("lines"));
        Assert.Null(tail.Clip());
        var task = CommandArguments.Bind(CommandTable.Find("task show")!, new Dictionary<string, string> { ["clip"] = "c1", ["task"] = "flow/003" });
        Assert.Equal((new ClipId("c1"), new TaskId("flow", 3)), (task.Clip()!.Value, task.Task()!.Value));
    }
}
