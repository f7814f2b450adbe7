using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary>The table from <see cref="PriorOptions.Method"/> to what makes the prior depth.</summary>
internal static class PriorMethods
{
    /// <exception cref="Depth3DException">No such method.</exception>
    public static IPriorMethod Resolve(string method, IArtifactReader inputs)
    {
        var at = method.IndexOf(':', StringComparison.Ordinal);
        var (kind, argument) = at >= 0 ? (method[..at], method[(at + 1)..]) : (method, null);
        return (kind, argument) switch
        {
            ("onnx", { Length: > 0 }) => new OnnxPrior(method),
            _ => throw Unknown(method),
        };
    }

    private static Depth3DException Unknown(string method) => new(
        $"unknown prior method '{method}'; expected auto, geometric, layout, onnx:NAME or dir:PATH",
        remedy: "choose one with --prior", kind: FailureKind.Usage);
}
