using System.Text.Json;
using Depth3D.Messages;

namespace Depth3D.Rendering.Paths;

/// <summary>Opens a camera path from a file, whichever kind it is.</summary>
internal static class ViewPathFile
{
    /// <param name="medianDepth">Of the clip, world units.</param>
    /// <exception cref="Depth3DException">The file cannot be read or makes no sense.</exception>
    public static IViewPath Open(string path, int frameCount, int width, int height, double medianDepth) =>
        HasKeyframes(path) ? KeyframePath.Open(path, medianDepth) : CameraFilePath.Open(path, frameCount, width, height);

    private static bool HasKeyframes(string path)
    {
        if (!File.Exists(path) || !path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return false;
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().Any(p => p.Name.Equals("keyframes", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"cannot be read as a camera path: {e.Message}", path, "docs/effects.md shows such a file", inner: e);
        }
    }
}
