using System.Text.RegularExpressions;
using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>The rule for names in the registry: they become folder names and appear in commands.</summary>
internal static partial class ModelName
{
    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,62}\\z")]
    private static partial Regex Pattern();

    /// <exception cref="Depth3DException">The name could not be a folder, or would hide a path.</exception>
    public static string Check(string name) =>
        Pattern().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal) && !name.EndsWith(".onnx", StringComparison.Ordinal)
            ? name
            : throw new Depth3DException(
                $"'{name}' is not a valid model name: 1 to 63 characters of a-z, 0-9, '.', '_' and '-', starting with a letter or digit, "
                + "not ending in .onnx", kind: FailureKind.Usage);
}
