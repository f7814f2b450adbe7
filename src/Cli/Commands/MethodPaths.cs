using Depth3D.Inference.Registry;

namespace Depth3D.Cli.Commands;

/// <summary>Options are stored with the clip, so a relative path must not depend on where the next command is typed.</summary>
internal static class MethodPaths
{
    /// <summary>The method with the path in it made absolute; one without a path unchanged.</summary>
    public static string Full(string method)
    {
        foreach (var prefix in (string[])["dir:", "file:"])
        {
            if (method.StartsWith(prefix, StringComparison.Ordinal)) return prefix + Path.GetFullPath(method[prefix.Length..]);
        }

        if (TorchScriptReference.PathIn(method) is { } script) return "torchscript:" + Path.GetFullPath(script);
        return ModelReference.PathIn(method) is { } model ? "onnx:" + Path.GetFullPath(model) : method;
    }
}
