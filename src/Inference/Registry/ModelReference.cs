using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>
/// Opens what a user names as <c>onnx:NAME</c> (a model of the registry) or <c>onnx:PATH.onnx</c> (a file, with a card
/// <c>PATH.json</c> beside it or a template that fits).
/// </summary>
public static class ModelReference
{
    private const string Prefix = "onnx:";

    /// <summary>Whether a method's text names an ONNX model.</summary>
    public static bool IsModel(string method) => method.StartsWith(Prefix, StringComparison.Ordinal);

    /// <param name="method"><c>onnx:NAME</c> or <c>onnx:PATH.onnx</c>.</param>
    /// <param name="task">What it is needed for; a model for something else is refused.</param>
    /// <exception cref="Depth3DException">No such model, a bad one, or one for another task.</exception>
    public static OnnxModel Open(string method, ModelTask task, OnnxSessionOptions? options = null, ModelRegistry? registry = null) =>
        Open(method, [task], options, registry);

    /// <param name="tasks">What it may be for.</param>
    /// <inheritdoc cref="Open(string, ModelTask, OnnxSessionOptions, ModelRegistry)"/>
    public static OnnxModel Open(string method, IReadOnlyList<ModelTask> tasks, OnnxSessionOptions? options = null, ModelRegistry? registry = null)
    {
        if (!IsModel(method) || method.Length == Prefix.Length)
            throw new Depth3DException($"'{method}' names no model: expected onnx:NAME or onnx:PATH.onnx", kind: FailureKind.Usage);
        var name = method[Prefix.Length..];
        var model = name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)
            ? OpenFile(name, options)
            : (registry ?? ModelRegistry.Default()).Open(name, options);
        if (tasks.Contains(model.Card.Task)) return model;
        model.Dispose();
        throw new Depth3DException($"'{name}' is a model for {Word(model.Card.Task)}, but one for {string.Join(" or ", tasks.Select(Word))} is needed",
            name, "run: depth3d model list", FailureKind.Usage);
    }

    private static OnnxModel OpenFile(string path, OnnxSessionOptions? options)
    {
        var file = OnnxModelFile.Read(path);
        var cardPath = Path.ChangeExtension(path, ".json");
        var card = File.Exists(cardPath) ? ModelCard.Load(cardPath) : null;
        var complete = ModelRegistry.CheckedCard(Path.GetFileNameWithoutExtension(path), path, file, card, edits: null);
        return new OnnxModel(complete, OnnxSession.FromBytes(file.Bytes, path, options));
    }

    private static string Word(ModelTask task) => task.ToString().ToLowerInvariant();
}
