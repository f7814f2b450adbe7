using System.CommandLine;
using Depth3D.Cluster.Operations;

namespace Depth3D.Cli.Remote;

/// <summary>The arguments of one command of the table as arguments and options of the command line.</summary>
internal sealed class TableArguments
{
    private readonly CommandDefinition _definition;
    private readonly Dictionary<string, Argument<string?>> _positional = [];
    private readonly Dictionary<string, Option<string?>> _options = [];
    private readonly Dictionary<string, Option<bool?>> _flags = [];
    private readonly Option<string> _reason = new("--reason") { Description = CommandDefinition.Reason.Help, DefaultValueFactory = _ => "" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    /// <param name="definition">The command.</param>
    /// <param name="except">Names of arguments that the command line gives in a way of its own.</param>
    public TableArguments(CommandDefinition definition, params string[] except)
    {
        _definition = definition;
        foreach (var argument in definition.Arguments.Where(a => !except.Contains(a.Name, StringComparer.Ordinal)))
        {
            if (argument.IsPositional) _positional[argument.Name] = Positional(argument);
            else if (argument.Kind == ArgumentKind.Flag) _flags[argument.Name] = OptionOf<bool?>(argument);
            else _options[argument.Name] = Text(argument);
        }
    }

    public void AddTo(Command command)
    {
        foreach (var argument in _positional.Values) command.Arguments.Add(argument);
        foreach (var option in _options.Values) command.Options.Add(option);
        foreach (var option in _flags.Values) command.Options.Add(option);
        if (_definition.IsChange) command.Options.Add(_reason);
        if (_definition.IsDestructive) command.Options.Add(_yes);
    }

    /// <summary>What was given, by name, not yet checked.</summary>
    public Dictionary<string, string> Given(ParseResult parsed)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, argument) in _positional) Add(name, parsed.GetValue(argument));
        foreach (var (name, option) in _options) Add(name, parsed.GetValue(option));
        foreach (var (name, option) in _flags) Add(name, parsed.GetValue(option) is { } given ? given ? "true" : "false" : null);
        return values;

        void Add(string name, string? text)
        {
            if (text is not null) values[name] = text;
        }
    }

    public string Reason(ParseResult parsed) => _definition.IsChange ? parsed.GetValue(_reason)! : "";

    public void ConfirmIfDestructive(ParseResult parsed, IReadOnlyDictionary<string, string> values)
    {
        if (!_definition.IsDestructive || parsed.GetValue(_yes) || values.GetValueOrDefault("dry-run") == "true") return;
        Confirmation.Ask($"{_definition.Name} {string.Join(' ', _positional.Keys.Select(values.GetValueOrDefault))}".TrimEnd());
    }

    private static Argument<string?> Positional(CommandArgument argument) => new(argument.Name)
    {
        Description = argument.Help,
        Arity = argument.IsRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    private static Option<string?> Text(CommandArgument argument)
    {
        var option = OptionOf<string?>(argument);
        option.Required = argument.IsRequired;
        if (argument.Choices.Count > 0) option.AcceptOnlyFromAmong([.. argument.Choices]);
        return option;
    }

    private static Option<T> OptionOf<T>(CommandArgument argument)
    {
        string[] aliases = argument.Short is { } letter ? [$"-{letter}"] : [];
        var byDefault = argument.Default is { } text ? $" Default: {text}." : "";
        return new Option<T>("--" + argument.Name, aliases) { Description = argument.Help + byDefault };
    }
}
