namespace Depth3D.Nodes.Render.Exports.Clouds;

/// <summary>Every frame's points as binary PLY, with confidence and whether each moves.</summary>
internal sealed class PlyExporter : IFrameExporter
{
    public string Format => "ply";

    public string Summary => "binary PLY per frame: x y z, red green blue, confidence, moving (Blender, Houdini, MeshLab, Open3D, PCL)";

    public void WriteFrame(ExportScene scene, int frameIndex, string folder)
    {
        var (cloud, moving) = FrameCloud.Make(scene, frameIndex);
        CloudFile.Write(scene, FrameFiles.Path(folder, "cloud", frameIndex, "ply"), FormattableString.Invariant($"frame {frameIndex}"), cloud,
            more: ("moving", Array.ConvertAll(moving, m => m ? 1f : 0f)));
    }
}
