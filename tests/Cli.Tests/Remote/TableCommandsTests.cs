using System.CommandLine;
using Depth3D.Cluster.Operations;

namespace Depth3D.Cli.Tests.Remote;

public sealed class TableCommandsTests
{
    [Fact]
    public void Every_command_of_the_table_is_on_the_command_line()
    {
        var root = CommandLine.Build();
        foreach (var definition in CommandTable.All)
        {
            var noun = Assert.Single(root.Subcommands, c => c.Name == definition.Noun);
            var verb = Assert.Single(noun.Subcommands, c => c.Name == definition.Verb);
            Assert.Equal(definition.IsChange, verb.Options.Any(o => o.Name == "--reason"));
            Assert.Equal(definition.IsDestructive, verb.Options.Any(o => o.Name == "--yes"));
            Assert.All((string[])["--at", "--output", "--quiet"], name => Assert.Contains(verb.Options, o => o.Name == name));
        }
    }

    [Fact]
    public void No_command_has_one_name_twice()
    {
        var commands = new Stack<Command>([CommandLine.Build()]);
        while (commands.TryPop(out var command))
        {
            var names = command.Options.SelectMany(o => o.Aliases.Prepend(o.Name)).Concat(command.Subcommands.Select(c => c.Name));
            Assert.All(names.GroupBy(n => n), group => Assert.True(group.Count() == 1, $"{command.Name}: {group.Key}"));
            foreach (var sub in command.Subcommands) commands.Push(sub);
        }
    }

    [Theory]
    [InlineData("clip", "frobnicate")]
    [InlineData("clip", "show")]
    [InlineData("clip", "show", "../../etc/cron.d/x")]
    [InlineData("clip", "show", "$(id)")]
    [InlineData("clip", "show", "-vf;rm -rf ~")]
    [InlineData("clip", "list", "--state", "asleep")]
    [InlineData("clip", "priority", "shot", "high")]
    [InlineData("clip", "pause", "shot", "--task", "flow")]
    [InlineData("clip", "cancel", "shot")]
    [InlineData("cluster", "down", "node-1")]
    [InlineData("cluster", "show", "--at", "ftp://x")]
    [InlineData("cluster", "show", "--token-file", "/no/such/file")]
    public async Task What_makes_no_sense_is_refused_before_anybody_is_asked(params string[] arguments)
    {
        var result = await CliProcess.RunAsync(arguments);
        Assert.True(result.ExitCode == 2, $"{result.ExitCode}: {result.OutputTail}");
    }

    [Fact]
    public async Task Nobody_at_that_address_is_exit_code_7()
    {
        var result = await CliProcess.RunAsync("cluster", "show", "--at", "http://127.0.0.1:1");
        Assert.True(result.ExitCode == 7, $"{result.ExitCode}: {result.OutputTail}");
        Assert.Contains("no seed answers", result.OutputTail, StringComparison.Ordinal);
    }
}
