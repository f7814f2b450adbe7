namespace Depth3D.Nodes.Render.Exports;

/// <summary>A format with files of every frame, which fan out over tasks.</summary>
internal interface IFrameExporter : IExporter
{
    /// <param name="folder">Existing; the format's own.</param>
    void WriteFrame(ExportScene scene, int frameIndex, string folder);
}
