namespace Depth3D.Nodes.Render.Exports.Clouds;

/// <summary>The clip as one scene: what stands still once, what moves per frame.</summary>
internal sealed class MergedPlyExporter : IFrameExporter, IClipExporter
{
    public string Format => "ply-merged";

    public string Summary => "binary PLY: what stands still in all frames as one cloud, and what moves per frame (as ply)";

    public void WriteFrame(ExportScene scene, int frameIndex, string folder) =>
        CloudFile.Write(scene, FrameFiles.Path(folder, "moving", frameIndex, "ply"), FormattableString.Invariant($"moving points of frame {frameIndex}"),
            FrameCloud.Make(scene, frameIndex, moves => moves).Cloud);

    public Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        CloudFile.Write(scene, Path.Combine(folder, "static.ply"), "standing points of all frames", scene.Static(progress, cancellation));
        return Task.CompletedTask;
    }
}
