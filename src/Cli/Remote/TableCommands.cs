using System.CommandLine;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>Makes <c>depth3d NOUN VERB</c> of every command of the operators' table.</summary>
internal static class TableCommands
{
    /// <summary>Nouns with their verbs, in the table's order; commands that read or write local files are replaced by <paramref name="own"/>.</summary>
    public static IEnumerable<Command> Build(IReadOnlyDictionary<string, Func<CommandDefinition, Command>> own)
    {
        foreach (var noun in CommandTable.Nouns)
        {
            var command = new Command(noun, CommandTable.Describe(noun));
            foreach (var definition in CommandTable.All.Where(c => c.Noun == noun))
                command.Subcommands.Add(own.TryGetValue(definition.Name, out var make) ? make(definition) : Build(definition));
            yield return command;
        }
    }

    public static Command Build(CommandDefinition definition)
    {
        var command = new Command(definition.Verb, DescriptionOf(definition));
        var arguments = new TableArguments(definition);
        var seed = new SeedOptions();
        arguments.AddTo(command);
        seed.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var values = CommandArguments.Bind(definition, arguments.Given(parsed)).Values;
            arguments.ConfirmIfDestructive(parsed, values);
            using var client = seed.Open(parsed);
            var printer = seed.Printer(parsed, definition.Shape);
            if (definition.CanFollow && values.GetValueOrDefault("follow") == "true")
                await FollowAsync(client, definition, values, printer, cancellation).ConfigureAwait(false);
            else
                printer.Print(await client.CallAsync(definition, values, arguments.Reason(parsed), cancellation).ConfigureAwait(false));
            return (int)ExitCode.Success;
        });
        return command;
    }

    public static string DescriptionOf(CommandDefinition definition) =>
        definition.Details.Length == 0 ? definition.Summary : $"{definition.Summary} {definition.Details}";

    /// <summary>Ctrl-C is how such a command is meant to end.</summary>
    private static async Task FollowAsync(
        SeedClient client, CommandDefinition definition, IReadOnlyDictionary<string, string> values, ResultPrinter printer, CancellationToken cancellation)
    {
        try
        {
            await foreach (var row in client.FollowAsync(definition, values, cancellation).ConfigureAwait(false)) printer.PrintRow(row);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }
}
