using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary>The table from <see cref="PriorOptions.Method"/> to what makes the prior depth.</summary>
internal static class PriorMethods
{
    /// <summary>Depth maps somebody else made: for the whole clip, also for a long one.</summary>
    public const string GivenPrefix = "dir:";

    /// <exception cref="Depth3DException">No such method.</exception>
    public static IPriorMethod Resolve(string method, IArtifactReader inputs)
    {
        var at = method.IndexOf(':', StringComparison.Ordinal);
        var (kind, argument) = at >= 0 ? (method[..at], method[(at + 1)..]) : (method, null);
        return (kind, argument) switch
        {
            ("auto", null) => Auto(inputs),
            ("geometric", null) => new GeometricPriorMethod("asked for"),
            ("layout", null) => new LayoutPriorMethod("asked for"),
            ("dir", { Length: > 0 }) => new DirPriorMethod(argument),
            ("onnx" or "torchscript", { Length: > 0 }) => new ModelPrior(method),
            _ => throw Unknown(method),
        };
    }

    private static IPriorMethod Auto(IArtifactReader inputs) => ClipInputs.Cameras(inputs).Motion switch
    {
        CameraMotion.Parallax => new GeometricPriorMethod("the camera travels, so depth can be triangulated"),
        CameraMotion.Static => new LayoutPriorMethod("the camera stands still, so nothing can be triangulated"),
        _ => new LayoutPriorMethod("the camera only turns, so nothing can be triangulated"),
    };

    private static Depth3DException Unknown(string method) => new(
        $"unknown prior method '{method}'; expected auto, geometric, layout, onnx:NAME, torchscript:NAME or dir:PATH",
        remedy: "choose one with --prior", kind: FailureKind.Usage);
}
