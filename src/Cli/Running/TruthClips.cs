using Depth3D.Cli.Commands;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Cli.Running;

/// <summary>Renders truth scenes with progress.</summary>
internal static class TruthClips
{
    public static void Render(string folder, TruthScene scene, FrameSize size, ProgressDisplay display, CancellationToken cancellation)
    {
        display.Say($"rendering {scene.FrameCount} frames of '{scene.Name}' at {size.Width}x{size.Height}");
        TruthFolder.Write(folder, scene, size.Width, size.Height, cancellation: cancellation);
    }

    /// <summary>Whether the folder already holds this very clip.</summary>
    public static bool IsComplete(string folder, TruthScene scene, FrameSize size) =>
        File.Exists(Path.Combine(folder, TruthFolder.InfoFile))
        && TruthFolder.Load(folder).Info is var info
        && info.Scene == scene.Name && info.Motion == scene.Motion && info.Frames == scene.FrameCount && info.Width == size.Width && info.Height == size.Height;
}
