namespace Depth3D.Cluster.Operations;

/// <summary>One argument of a command: positional where it names what the command is about, an option otherwise.</summary>
/// <param name="Name">Lower case with hyphens; the option is <c>--name</c>, the query parameter <c>name</c>.</param>
/// <param name="Kind">What its text must be.</param>
/// <param name="Help">One sentence.</param>
public sealed record CommandArgument(string Name, ArgumentKind Kind, string Help)
{
    public bool IsPositional { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Taken when it is not given; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>Short form of the option, as in <c>-f</c>.</summary>
    public char? Short { get; init; }

    /// <summary>The only texts allowed; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Positional and required.</summary>
    public static CommandArgument Of(string name, ArgumentKind kind, string help) =>
        new(name, kind, help) { IsPositional = true, IsRequired = true };

    /// <summary>Positional, may be left out.</summary>
    public static CommandArgument Maybe(string name, ArgumentKind kind, string help) => new(name, kind, help) { IsPositional = true };
}
