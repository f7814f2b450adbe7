using System.Globalization;
using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>Arguments of one call, checked against their definition: nothing unknown, nothing missing, every text what it must be.</summary>
public sealed class CommandArguments
{
    private const int MaxTextLength = 65_536;

    private readonly CommandDefinition _command;
    private readonly Dictionary<string, string> _values;

    private CommandArguments(CommandDefinition command, Dictionary<string, string> values) => (_command, _values) = (command, values);

    /// <summary>As given, with defaults, by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <exception cref="Depth3DException">Of kind <see cref="FailureKind.Usage"/>: the text says which argument and what it must be.</exception>
    public static CommandArguments Bind(CommandDefinition command, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(given);
        if (given.Keys.FirstOrDefault(name => command.Arguments.All(a => a.Name != name)) is { } unknown)
            throw Refuse(command, $"there is no argument '{Shown(unknown)}'; there are: {string.Join(", ", command.Arguments.Select(a => a.Name))}");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in command.Arguments)
        {
            var text = given.GetValueOrDefault(argument.Name) ?? argument.Default;
            if (string.IsNullOrEmpty(text))
            {
                if (argument.IsRequired) throw Refuse(command, $"'{argument.Name}' is missing: {argument.Help}");
                continue;
            }

            Check(command, argument, text);
            values[argument.Name] = text;
        }

        return new(command, values);
    }

    public string? Text(string name) => _values.GetValueOrDefault(Declared(name));

    public bool Flag(string name) => Text(name) == "true";

    public int? Integer(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public double? Number(string name) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    public TimeSpan? Duration(string name) => Text(name) is { } text ? ParseDuration(text) : null;

    public ClipId? Clip(string name = "clip") => Text(name) is { } text ? new ClipId(text) : null;

    public NodeId? Node(string name = "node") => Text(name) is { } text ? new NodeId(text) : null;

    public StageName? Stage(string name = "stage") => Text(name) is { } text ? new StageName(text) : default(StageName?);

    public TaskId? Task(string name = "task") => Text(name) is { } text ? TaskId.Parse(text) : null;

    private static void Check(CommandDefinition command, CommandArgument argument, string text)
    {
        if (text.Length > MaxTextLength) throw Refuse(command, $"'{argument.Name}' is longer than {MaxTextLength} characters");
        if (argument.Choices.Count > 0 && !argument.Choices.Contains(text))
            throw Refuse(command, $"'{Shown(text)}' is no {argument.Name}; it is one of {string.Join(", ", argument.Choices)}");
        if (!Matches(argument.Kind, text, out var expected)) throw Refuse(command, $"'{argument.Name}' is '{Shown(text)}', but must be {expected}");
    }

    private static bool Matches(ArgumentKind kind, string text, out string expected)
    {
        expected = kind switch
        {
            ArgumentKind.Flag => "true or false",
            ArgumentKind.Integer => "a whole number",
            ArgumentKind.Number => "a number",
            ArgumentKind.Duration => "seconds, or a number with s, m or h, as in 90 or 1.5m",
            ArgumentKind.Json => "a JSON object",
            ArgumentKind.Task => "a task, as in flow/003",
            ArgumentKind.Text => "text without control characters",
            _ => $"the name of a {kind.ToString().ToLowerInvariant()}",
        };
        return kind switch
        {
            ArgumentKind.Flag => text is "true" or "false",
            ArgumentKind.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            ArgumentKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
            ArgumentKind.Duration => ParseDuration(text) is not null,
            ArgumentKind.Json => IsObject(text),
            ArgumentKind.Text => !text.Any(char.IsControl),
            ArgumentKind.Clip => IsValid(() => new ClipId(text)),
            ArgumentKind.Node => IsValid(() => new NodeId(text)),
            ArgumentKind.Stage => IsValid(() => new StageName(text)),
            _ => IsValid(() => TaskId.Parse(text)),
        };
    }

    private static TimeSpan? ParseDuration(string text)
    {
        var (unit, digits) = text[^1] switch
        {
            's' => (1.0, text[..^1]),
            'm' => (60.0, text[..^1]),
            'h' => (3600.0, text[..^1]),
            _ => (1.0, text),
        };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value * unit < 1e8
            ? TimeSpan.FromSeconds(value * unit)
            : null;
    }

    private static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsValid<T>(Func<T> parse)
    {
        try
        {
            _ = parse();
            return true;
        }
        catch (Depth3DException)
        {
            return false;
        }
    }

    private string Declared(string name) => _command.Arguments.Any(a => a.Name == name)
        ? name
        : throw new ArgumentException($"'{_command.Name}' declares no argument '{name}'", nameof(name));

    /// <summary>What was given, safe to print on a terminal.</summary>
    private static string Shown(string text) =>
        string.Concat((text.Length > 80 ? text[..80] + "..." : text).Select(c => char.IsControl(c) || c == '\u202e' ? '?' : c));

    private static Depth3DException Refuse(CommandDefinition command, string what) =>
        new($"{command.Name}: {what}", remedy: $"run: depth3d {command.Name} --help", kind: FailureKind.Usage);
}
