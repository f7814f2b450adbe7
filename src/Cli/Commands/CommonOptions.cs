using System.CommandLine;

namespace Depth3D.Cli.Commands;

/// <summary>Options that several commands share, made anew for each because an option belongs to one command.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Output() => Choice("--output", "table for people, json for programs.", OutputFormat.Table);

    /// <summary>An option that takes one of a few words; another one is answered with the words.</summary>
    public static Option<T> Choice<T>(string name, string description, T byDefault) where T : struct, Enum => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text.Length > 0 && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)) return value;
            var words = string.Join(", ", Enum.GetNames<T>().Select(w => char.ToLowerInvariant(w[0]) + w[1..]));
            result.AddError($"{name}: '{Terminal.Printable(text)}' is not known; expected {words}");
            return default;
        },
    };

    public static Option<DirectoryInfo> Out(string description) => new("--out")
    {
        Description = description,
        Required = true,
    };
}
