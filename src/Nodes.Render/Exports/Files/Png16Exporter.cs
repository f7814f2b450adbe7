using Depth3D.Imaging;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Exports.Files;

/// <summary>16-bit grey PNG, linear in inverse depth with one range for the clip; range and formula beside.</summary>
internal sealed class Png16Exporter : IFrameExporter, IClipExporter
{
    public string Format => "png16";

    public string Summary => "16-bit grey PNG per frame, inverse depth with one range for the clip, and depth.json with range and formula (anything)";

    public void WriteFrame(ExportScene scene, int frameIndex, string folder) =>
        ImageFile.WritePng16(FrameFiles.Path(folder, "depth", frameIndex, "png"), scene.Code.Encode(scene.Depth(frameIndex)));

    public Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        StageJson.Write(Path.Combine(folder, "depth.json"), DepthCodeSidecar.Of(scene, InverseDepthCode.Formula));
        return Task.CompletedTask;
    }
}
