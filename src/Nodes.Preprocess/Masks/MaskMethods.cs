using Depth3D.Messages;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary>The table from <see cref="Depth3D.Pipeline.MasksOptions.Method"/> to what makes the masks.</summary>
internal static class MaskMethods
{
    public const string Motion = "motion";

    /// <exception cref="Depth3DException">No such method.</exception>
    public static IMaskMethod Resolve(string method)
    {
        var (kind, argument) = Split(method);
        return (kind, argument) switch
        {
            (Motion, null) => new MotionMasks(),
            ("none", null) => new NoMasks(),
            ("onnx", { Length: > 0 }) => new OnnxMasks(method),
            ("dir", { Length: > 0 } folder) => new DirMasks(folder),
            _ => throw Unknown(method),
        };
    }

    private static (string Kind, string? Argument) Split(string method) =>
        method.IndexOf(':', StringComparison.Ordinal) is var at and >= 0 ? (method[..at], method[(at + 1)..]) : (method, null);

    private static Depth3DException Unknown(string method) => new(
        $"unknown mask method '{method}'; expected motion, onnx:NAME, dir:PATH or none",
        remedy: "choose one with --masks", kind: FailureKind.Usage);
}
