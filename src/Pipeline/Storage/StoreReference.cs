using System.Text.RegularExpressions;
using Depth3D.Messages;

namespace Depth3D.Pipeline.Storage;

/// <summary>
/// An input inside the store, written <c>store:inputs/SHA256/NAME</c>, so that options mean the same file on every node whatever its
/// mount path. <c>dir:</c> and <c>file:</c> methods name one after their prefix: <c>dir:store:inputs/...</c>.
/// </summary>
public static partial class StoreReference
{
    public const string Prefix = "store:";

    [GeneratedRegex(@"^store:inputs/(?<id>[0-9a-f]{64})/(?<name>[^/\0]{1,255})\z")]
    private static partial Regex Pattern();

    /// <summary>Whether a name is fit for an input: one path component that no program takes for an option or a pattern.</summary>
    public static bool IsName(string name) => name is { Length: > 0 and <= 200 } and not "." and not ".." && name[0] != '-' && name[0] != '.'
        && !name.Any(c => c is '/' or '\\' or '%' or '|' or ':' || char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format);

    public static bool Is(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The path of a reference under this node's root; any other text unchanged.</summary>
    /// <exception cref="Depth3DException">It names something outside the inputs.</exception>
    public static string Resolve(string text, string root)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Is(text)) return text;
        return Pattern().Match(text) is { Success: true } match && IsName(match.Groups["name"].Value)
            ? Path.Combine(Path.GetFullPath(root), "inputs", match.Groups["id"].Value, match.Groups["name"].Value)
            : throw new Depth3DException("is no input of the store; expected store:inputs/SHA256/NAME", text, "submit the clip again", FailureKind.Usage);
    }

    /// <summary>The options with every reference resolved under this node's root. A node does so before a stage sees them.</summary>
    public static DepthOptions Resolve(DepthOptions options, string root)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            SourcePath = Resolve(options.SourcePath, root),
            Masks = options.Masks with { Method = InMethod(options.Masks.Method, root) },
            Cameras = options.Cameras with { Method = InMethod(options.Cameras.Method, root) },
            Prior = options.Prior with { Method = InMethod(options.Prior.Method, root) },
            Flow = options.Flow with { Method = InMethod(options.Flow.Method, root) },
            Effect = options.Effect?.WithFiles(path => Resolve(path, root)),
        };
    }

    private static string InMethod(string method, string root)
    {
        var at = method.IndexOf(Prefix, StringComparison.Ordinal);
        return at > 0 && method[at - 1] == ':' ? method[..at] + Resolve(method[at..], root) : method;
    }
}
