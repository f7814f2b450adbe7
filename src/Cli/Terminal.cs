using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Depth3D.Cli;

/// <summary>What goes to standard output (results) and to standard error (everything said on the way).</summary>
internal static class Terminal
{
    public static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Whether a person watches: progress is drawn in place only then.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    /// <summary>Something worth saying that is no result.</summary>
    public static void Say(string text) => Console.Error.WriteLine(Printable(text));

    public static void Error(string text) => Console.Error.WriteLine($"depth3d: {Printable(text)}");

    public static void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Names may hold escape sequences or turn the direction of writing; they reach a terminal only as question marks.</summary>
    public static string Printable(string text) =>
        string.Concat(text.Select(c => (char.IsControl(c) && c is not ('\n' or '\t')) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '?' : c));
}
