using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>
/// Opens what a user names as <c>onnx:NAME</c> (a model of the registry) or <c>onnx:PATH.onnx</c> (a file, with a card
/// <c>PATH.json</c> beside it or a template that fits).
/// </summary>
public static class ModelReference
{
    private const string Prefix = "onnx:";
    private const string FileEnding = ".onnx";

    /// <summary>Whether a method's text names an ONNX model.</summary>
    public static bool IsModel(string method) => method.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The path in <c>onnx:PATH.onnx</c>; null where the method names a model of the registry, or none.</summary>
    public static string? PathIn(string method) => IsModel(method) && method.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase)
        ? method[Prefix.Length..]
        : null;

    /// <summary>The files that decide what <see cref="Open(string, ModelTask, OnnxSessionOptions, ModelRegistry)"/> loads: the model, then its card if it has one.</summary>
    /// <exception cref="Depth3DException">The registry has no such model.</exception>
    public static IReadOnlyList<string> FilesOf(string method, ModelRegistry? registry = null)
    {
        var name = NameIn(method);
        if (PathIn(method) is not { } path) return (registry ?? ModelRegistry.Default()).FilesOf(name);
        return File.Exists(CardBeside(path)) ? [path, CardBeside(path)] : [path];
    }

    /// <param name="method"><c>onnx:NAME</c> or <c>onnx:PATH.onnx</c>.</param>
    /// <param name="task">What it is needed for; a model for something else is refused.</param>
    /// <exception cref="Depth3DException">No such model, a bad one, or one for another task.</exception>
    public static OnnxModel Open(string method, ModelTask task, OnnxSessionOptions? options = null, ModelRegistry? registry = null) =>
        Open(method, [task], options, registry);

    /// <param name="tasks">What it may be for.</param>
    /// <inheritdoc cref="Open(string, ModelTask, OnnxSessionOptions, ModelRegistry)"/>
    public static OnnxModel Open(string method, IReadOnlyList<ModelTask> tasks, OnnxSessionOptions? options = null, ModelRegistry? registry = null)
    {
        var name = NameIn(method);
        var model = PathIn(method) is { } path ? OpenFile(path, options) : (registry ?? ModelRegistry.Default()).Open(name, options);
        if (tasks.Contains(model.Card.Task)) return model;
        model.Dispose();
        throw new Depth3DException($"'{name}' is a model for {Word(model.Card.Task)}, but one for {string.Join(" or ", tasks.Select(Word))} is needed",
            name, "run: depth3d model list", FailureKind.Usage);
    }

    private static OnnxModel OpenFile(string path, OnnxSessionOptions? options)
    {
        var file = OnnxModelFile.Read(path);
        var cardPath = CardBeside(path);
        var card = File.Exists(cardPath) ? ModelCard.Load(cardPath) : null;
        var complete = ModelRegistry.CheckedCard(Path.GetFileNameWithoutExtension(path), path, file, card, edits: null);
        return new OnnxModel(complete, OnnxSession.FromBytes(file.Bytes, path, options));
    }

    private static string NameIn(string method) => IsModel(method) && method.Length > Prefix.Length
        ? method[Prefix.Length..]
        : throw new Depth3DException($"'{method}' names no model: expected onnx:NAME or onnx:PATH.onnx",
            remedy: "see the names: depth3d model list", kind: FailureKind.Usage);

    private static string CardBeside(string path) => Path.ChangeExtension(path, ".json");

    private static string Word(ModelTask task) => task.ToString().ToLowerInvariant();
}
