using System.Runtime.InteropServices;
using Depth3D.Messages;

namespace Depth3D.Inference.Onnx;

/// <summary>Where ONNX Runtime's shared library is looked for, in this order.</summary>
internal static class OrtLibrary
{
    /// <summary>The version the launcher installs; any library that offers API 17 works.</summary>
    public const string PinnedVersion = "1.30.0";

    public const string FileName = "libonnxruntime.so.1";

    private const string Variable = "DEPTH3D_ONNXRUNTIME";

    /// <summary>Path of the first library that exists, or null.</summary>
    public static string? Find() => Candidates().FirstOrDefault(File.Exists);

    /// <exception cref="Depth3DException">No library was found, or it cannot be loaded.</exception>
    public static (string Path, nint Handle) Load()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named && !File.Exists(named))
        {
            throw new Depth3DException($"{Variable} names a file that is not there", named,
                "unset it, or let it name libonnxruntime.so.1", FailureKind.MissingTool);
        }

        var path = Find() ?? throw new Depth3DException(
            $"ONNX Runtime's library ({FileName}) is not installed; looked for {string.Join(", ", Candidates())}",
            remedy: "run: depth3d doctor", kind: FailureKind.MissingTool);
        try
        {
            return (path, NativeLibrary.Load(path));
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new Depth3DException($"ONNX Runtime's library cannot be loaded: {e.Message}", path,
                "run: depth3d doctor", FailureKind.MissingTool, e);
        }
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) yield return named;
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", FileName);
        yield return Path.Combine(CacheFolder(), "depth3d", $"onnxruntime-{PinnedVersion}", FileName);
    }

    private static string CacheFolder() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
        ? cache
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
