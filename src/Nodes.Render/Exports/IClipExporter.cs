namespace Depth3D.Nodes.Render.Exports;

/// <summary>A format with files of the whole clip, which one task writes.</summary>
internal interface IClipExporter : IExporter
{
    /// <param name="folder">Existing; the format's own.</param>
    /// <param name="progress">Share of the work, 0 to 1, never falling.</param>
    Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation);
}
