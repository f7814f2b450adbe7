using Depth3D.Inference.Registry;
using Depth3D.Messages;

namespace Depth3D.Pipeline;

/// <summary>The files and folders outside the store on which the result of a clip depends.</summary>
public static class OutsideInputs
{
    /// <returns>
    /// The source, then what <c>dir:</c>, <c>file:</c>, <c>onnx:</c> and <c>torchscript:</c> methods name, in a fixed order. Paths are not looked at, except
    /// that a model must be in the registry. Last the files of an effect.
    /// </returns>
    /// <param name="registry">Where <c>onnx:NAME</c> is looked up; the default registry when null.</param>
    /// <exception cref="Depth3DException">The registry has no such model.</exception>
    public static IReadOnlyList<(string Role, string Path)> Of(DepthOptions options, ModelRegistry? registry = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            ("source", options.SourcePath),
            .. OfMethod("masks", options.Masks.Method, registry),
            .. OfMethod("cameras", options.Cameras.Method, registry),
            .. OfMethod("prior", options.Prior.Method, registry),
            .. OfMethod("flow", options.Flow.Method, registry),
            .. (options.Effect?.Files ?? []).Select(file => ($"effect's {file.Role}", file.Path)),
        ];
    }

    private static IEnumerable<(string Role, string Path)> OfMethod(string role, string method, ModelRegistry? registry)
    {
        if (ModelReference.IsModel(method))
            return ModelReference.FilesOf(method, registry).Select((path, i) => (i == 0 ? $"{role} model" : $"{role} model card", path));
        if (TorchScriptReference.IsModel(method))
            return TorchScriptReference.FilesOf(method, registry).Select((path, i) => (i == 0 ? $"{role} network" : $"{role} network card", path));
        foreach (var prefix in (string[])["dir:", "file:"])
        {
            if (method.StartsWith(prefix, StringComparison.Ordinal)) return [(role, method[prefix.Length..])];
        }

        return [];
    }
}
