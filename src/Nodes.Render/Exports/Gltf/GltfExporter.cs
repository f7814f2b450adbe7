using Depth3D.Nodes.Render.Exports.Clouds;

namespace Depth3D.Nodes.Render.Exports.Gltf;

/// <summary>
/// One binary glTF: the camera, animated, what stands still as points, and what moves as points that show in their frame only. Axes are glTF's: y up, cameras
/// look along -z. glTF cameras have no principal point; it stands in the camera's extras.
/// </summary>
internal sealed class GltfExporter : IClipExporter
{
    /// <summary>Of all frames together; programs that open the file keep every one of them.</summary>
    private const int MostMovingPoints = 2_000_000;

    public string Format => "gltf";

    public string Summary => "scene.glb: animated camera, standing points, moving points per frame, y up (Blender, three.js, Unreal, Unity)";

    public Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        var content = new GltfScene(scene);
        content.AddCamera();
        content.AddPoints("static", scene.Static(progress.Part(0, 0.5), cancellation), shownFrame: null);
        for (var i = 0; i < scene.FrameCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            content.AddPoints(FormattableString.Invariant($"moving {i}"), FrameCloud.Make(scene, i, moves => moves).Cloud.AtMost(MostMovingPoints / scene.FrameCount), i);
            progress.Report(0.5 + ((i + 1.0) / scene.FrameCount / 2));
        }

        content.Write(Path.Combine(folder, "scene.glb"));
        return Task.CompletedTask;
    }
}
