using System.Reflection;
using Depth3D.Imaging;
using Depth3D.Nodes.Render.Exports.Clouds;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Exports.Blender;

/// <summary>
/// A folder that Blender imports by the script in it: <c>blender --python import_depth3d.py</c>, or run from the text editor. Camera with film back, focal
/// length and lens shift, animated; the frames behind it; what stands still and what moves as points. World with z up.
/// </summary>
internal sealed class BlenderExporter : IFrameExporter, IClipExporter
{
    private const string Script = "import_depth3d.py";

    public string Format => "blender";

    public string Summary => "folder with import_depth3d.py: animated camera, frames behind it, points; z up (Blender 3.4 or newer)";

    public void WriteFrame(ExportScene scene, int frameIndex, string folder)
    {
        ImageFile.WritePng(FrameFiles.Path(FrameFiles.Folder(folder, "images"), "frame", frameIndex, "png"), scene.Rgb(frameIndex));
        var moving = FrameCloud.Make(scene, frameIndex, moves => moves).Cloud;
        Write(scene, FrameFiles.Path(FrameFiles.Folder(folder, "moving"), "moving", frameIndex, "ply"), "moving points", moving);
    }

    public Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        Write(scene, Path.Combine(folder, "static.ply"), "standing points of all frames", scene.Static(progress, cancellation));
        StageJson.Write(Path.Combine(folder, "scene.json"), BlenderScene.Of(scene));
        using var script = Assembly.GetExecutingAssembly().GetManifestResourceStream(Script)!;
        using var file = File.Create(Path.Combine(folder, Script));
        script.CopyTo(file);
        return Task.CompletedTask;
    }

    private static void Write(ExportScene scene, string path, string what, ExportCloud cloud) =>
        CloudFile.Write(scene, path, what, cloud with { Xyz = ExportAxes.Turned(cloud.Xyz, ExportAxes.ZUp) }, "z up, as Blender has it");
}
