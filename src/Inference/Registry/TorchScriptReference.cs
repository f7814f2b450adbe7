using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>
/// What a user names as <c>torchscript:NAME</c> (a network of the registry) or <c>torchscript:PATH.pt</c> (a file, with a card
/// <c>PATH.json</c> beside it or none). Only finds files; they are loaded where LibTorch is.
/// </summary>
public static class TorchScriptReference
{
    private const string Prefix = "torchscript:";
    private static readonly string[] FileEndings = [".pt", ".pth", ".ts"];

    /// <summary>Whether a method's text names a TorchScript network.</summary>
    public static bool IsModel(string method) => method.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a path looks like a TorchScript file.</summary>
    public static bool IsFile(string path) => FileEndings.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The path in <c>torchscript:PATH.pt</c>; null where the method names a network of the registry, or none.</summary>
    public static string? PathIn(string method) => IsModel(method) && IsFile(method) ? method[Prefix.Length..] : null;

    /// <summary>The file of the network, checked against its hash where it is one of the registry, and its card if it has one.</summary>
    /// <exception cref="Depth3DException">No such network or file, or the file changed since it was added.</exception>
    public static (string Path, ModelCard? Card) Locate(string method, ModelRegistry? registry = null)
    {
        if (PathIn(method) is { } path)
        {
            if (!File.Exists(path)) throw new Depth3DException("there is no such TorchScript file", path, "check the path, or name a network of: depth3d model list");
            return (path, File.Exists(CardBeside(path)) ? ModelCard.Load(CardBeside(path)) : null);
        }

        return (registry ?? ModelRegistry.Default()).TorchScript(NameIn(method));
    }

    /// <summary>The files that decide what is loaded: the network, then its card if it has one.</summary>
    /// <exception cref="Depth3DException">The registry has no such network.</exception>
    public static IReadOnlyList<string> FilesOf(string method, ModelRegistry? registry = null)
    {
        if (PathIn(method) is not { } path) return (registry ?? ModelRegistry.Default()).FilesOf(NameIn(method));
        return File.Exists(CardBeside(path)) ? [path, CardBeside(path)] : [path];
    }

    private static string CardBeside(string path) => Path.ChangeExtension(path, ".json");

    private static string NameIn(string method) => IsModel(method) && method.Length > Prefix.Length
        ? method[Prefix.Length..]
        : throw new Depth3DException($"'{method}' names no network: expected torchscript:NAME or torchscript:PATH.pt",
            remedy: "see the names: depth3d model list", kind: FailureKind.Usage);
}
