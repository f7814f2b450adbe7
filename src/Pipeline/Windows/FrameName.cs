using System.Globalization;
using System.Text.RegularExpressions;

namespace Depth3D.Pipeline.Windows;

/// <summary>File names that hold numbers of frames, and the same names with every number moved.</summary>
internal static partial class FrameName
{
    [GeneratedRegex(@"^(?<kind>frame|mask|prior|refined|flow)_(?<one>[0-9]{5,})(_(?<two>[0-9]{5,}))?(?<end>\.[a-z]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^w[0-9]{3,}_")]
    private static partial Regex OfWindow();

    /// <summary>Whether a window published the file.</summary>
    public static bool IsWindows(string name) => OfWindow().IsMatch(name);

    /// <summary>Frames that the name holds, ascending; none for an index.</summary>
    public static IReadOnlyList<int> Frames(string name) => Numbered().Match(name) is { Success: true } m
        ? m.Groups["two"].Success ? [Number(m, "one"), Number(m, "two")] : [Number(m, "one")]
        : [];

    /// <param name="by">Added to every number; names without one stay as they are.</param>
    public static string Moved(string name, int by)
    {
        if (Numbered().Match(name) is not { Success: true } m) return name;
        var second = m.Groups["two"].Success ? string.Create(CultureInfo.InvariantCulture, $"_{Number(m, "two") + by:00000}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{m.Groups["kind"].Value}_{Number(m, "one") + by:00000}{second}{m.Groups["end"].Value}");
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
}
