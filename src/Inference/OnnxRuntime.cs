using Depth3D.Inference.Onnx;
using Depth3D.Messages;

namespace Depth3D.Inference;

/// <summary>What is known about the installed ONNX Runtime, for <c>depth3d doctor</c>.</summary>
public static class OnnxRuntime
{
    /// <summary>Path of the library that would be loaded, or null when there is none.</summary>
    public static string? FindLibrary() => OrtLibrary.Find();

    /// <summary>Loads the library and returns its version.</summary>
    /// <exception cref="Depth3DException">It is missing, broken or too old.</exception>
    public static string Version => OrtApi.Instance.Version;

    /// <summary>Execution providers it was compiled with; a listed one may still lack its own libraries.</summary>
    public static IReadOnlyList<string> Providers => OrtApi.Instance.AvailableProviders();
}
