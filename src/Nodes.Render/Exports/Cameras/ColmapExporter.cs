using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras.Colmap;

namespace Depth3D.Nodes.Render.Exports.Cameras;

/// <summary>
/// A COLMAP model as text and binary, with the frames it is of: <c>sparse/0</c> and <c>images</c> beside each other, as training programs for splats expect
/// them. Points lie on what stands still; each is observed in the frames that show it by their own depth.
/// </summary>
internal sealed class ColmapExporter : IFrameExporter, IClipExporter
{
    private const int CameraId = 1;

    public string Format => "colmap";

    public string Summary => "COLMAP model, binary (sparse/0) and text (sparse-text), and its images (COLMAP, splat trainers, RealityCapture)";

    public void WriteFrame(ExportScene scene, int frameIndex, string folder) =>
        ImageFile.WritePng(FrameFiles.Path(FrameFiles.Folder(folder, "images"), "frame", frameIndex, "png"), scene.Rgb(frameIndex));

    public Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        var model = Model(scene, progress, cancellation);
        model.WriteBinary(FrameFiles.Folder(folder, "sparse/0"));
        model.WriteText(FrameFiles.Folder(folder, "sparse-text"));
        return Task.CompletedTask;
    }

    private static ColmapModel Model(ExportScene scene, IProgress<double> progress, CancellationToken cancellation)
    {
        var k = scene.Intrinsics;
        var camera = new ColmapCamera(CameraId, ColmapLens.Pinhole, k.Width, k.Height, [k.Fx, k.Fy, k.Cx + 0.5, k.Cy + 0.5]);
        var tracks = ColmapTracks.Make(scene, progress, cancellation);
        return new ColmapModel([camera],
            [.. Enumerable.Range(0, scene.FrameCount).Select(i =>
                new ColmapImage(i + 1, scene.CamFromWorld(i), CameraId, FrameFiles.Name("frame", i, "png"), tracks.Observations[i]))],
            tracks.Points);
    }
}
