using System.Text;
using Depth3D.Cluster.Hosting.Settings;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>Writes docs/commands.md out of the same tables that make the command line; a test compares the file with this.</summary>
internal static class CommandDocs
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append(
            """
            # Commands of a cluster
            Made from the tables that make the command line (`CommandTable`, `NodeSettings`); a test compares, and `DEPTH3D_UPDATE_DOCS=1` writes it anew.

            Every command asks a seed over HTTP: `--at URL[,URL]` or `DEPTH3D_SEED`, else `http://127.0.0.1:7070`; the token from `--token-file`,
            `DEPTH3D_TOKEN` or `~/.config/depth3d/token`. `--output table|json`; `--quiet` prints names only, one per line. What changes something takes
            `--reason TEXT`, which the audit keeps with the name that belongs to the token; what loses work or availability asks first, or takes `--yes`.
            The same commands are `POST /api/v1/NOUN/VERB`; those that change nothing also `GET`, with the arguments as query parameters.

            | exit code | meaning |
            |---|---|

            """);
        foreach (var (code, meaning) in ExitCodes) text.Append($"| {(int)code} | {meaning} |\n");
        foreach (var noun in CommandTable.Nouns) AppendNoun(text, noun);
        AppendNodeStart(text);
        return text.ToString();
    }

    private static readonly (ExitCode Code, string Meaning)[] ExitCodes =
    [
        (ExitCode.Success, "done"), (ExitCode.Failed, "failed; with `clip submit --wait` also: the clip failed"), (ExitCode.Usage, "the command line makes no sense"),
        (ExitCode.BadInput, "the clip, model or folder cannot be used"), (ExitCode.MissingTool, "something is not installed"),
        (ExitCode.Storage, "a folder or disk refuses to store something"),
        (ExitCode.Refused, "the cluster understood and will not do it: the state, or the right of the token, does not allow it"),
        (ExitCode.Unreachable, "no seed answers, or none is active; whether the command was carried out is not known"), (ExitCode.Cancelled, "interrupted"),
    ];

    private static void AppendNoun(StringBuilder text, string noun)
    {
        text.Append($"\n## {noun}\n{CommandTable.Describe(noun)}\n");
        foreach (var command in CommandTable.All.Where(c => c.Noun == noun))
        {
            text.Append($"\n### `{Usage(command)}`\n{command.Summary}{(command.Details.Length > 0 ? " " + command.Details : "")}\n");
            text.Append($"Right: {command.Right.ToString().ToLowerInvariant()}.{(command.IsDestructive ? " Asks first." : "")}{(command.CanFollow ? " Can follow." : "")}");
            if (command.Shape.Columns.Count > 0) text.Append($" Shows: {string.Join(", ", command.Shape.Columns.Select(c => c.Header))}{string.Concat(command.Shape.Parts.Select(p => ", " + p.Title))}.");
            text.Append('\n');
            if (command.Arguments.Count == 0) continue;
            text.Append("\n| argument | what |\n|---|---|\n");
            foreach (var argument in command.Arguments) text.Append($"| `{Name(argument)}` | {Describe(argument)} |\n");
        }
    }

    private static string Usage(CommandDefinition command) => string.Join(' ',
        command.Arguments.Where(a => a.IsPositional).Select(a => a.IsRequired ? a.Name.ToUpperInvariant() : $"[{a.Name.ToUpperInvariant()}]").Prepend($"depth3d {command.Name}"));

    private static string Name(CommandArgument argument) => argument.IsPositional ? argument.Name.ToUpperInvariant()
        : $"--{argument.Name}{(argument.Short is { } letter ? $", -{letter}" : "")}{(argument.Kind == ArgumentKind.Flag ? "" : $" {argument.Kind.ToString().ToUpperInvariant()}")}";

    private static string Describe(CommandArgument argument) => argument.Help
        + (argument.Choices.Count > 0 ? $" One of {string.Join(", ", argument.Choices)}." : "")
        + (argument.Default is { } given ? $" Default: {given}." : "");

    private static void AppendNodeStart(StringBuilder text)
    {
        text.Append(
            $"""

            ## Starting a process of the cluster
            `depth3d node start` takes every setting below as an argument, from the environment, or from the JSON file of `{NodeSettings.FileArgument}` or `{NodeSettings.FileVariable}`; an argument
            beats the environment, and that beats the file. Keys with a dot may nest. The executables of the single roles take the same, but for the role.
            On SIGTERM a process takes nothing new, finishes or gives back what it runs, delivers its reports and ends; a second signal ends it at once.

            | argument | variable | key | what |
            |---|---|---|---|

            """);
        foreach (var s in NodeSettings.All)
            text.Append($"| {(s.Secret ? "none" : $"`{s.Argument}{(s.IsSwitch ? "" : " " + s.Value)}`")} | `{s.Variable}` | `{s.Key}` | {s.Description} |\n");
    }
}
