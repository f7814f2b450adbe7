using System.Text.RegularExpressions;

namespace Depth3D.Messages;

/// <summary>Checks that a name is safe as a path component and as a part of a message address.</summary>
internal static partial class IdRule
{
    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,62}\\z")]
    private static partial Regex Pattern();

    public static string Check(string value, string kind) =>
        value is not null && Pattern().IsMatch(value) && !value.Contains("..", StringComparison.Ordinal)
            ? value
            : throw new Depth3DException(
                $"'{value}' is not a valid {kind}: 1 to 63 characters of a-z, 0-9, '.', '_' and '-', starting with a letter or digit",
                kind: FailureKind.Usage);
}
