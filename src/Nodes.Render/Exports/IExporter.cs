namespace Depth3D.Nodes.Render.Exports;

/// <summary>
/// Writes one format of a finished run, below a folder named after it. Holds no state of a run; the same scene leaves the same bytes. What it
/// writes per frame, per clip, or both, it says by <see cref="IFrameExporter"/> and <see cref="IClipExporter"/>.
/// </summary>
internal interface IExporter
{
    /// <summary>Name on the command line and of the folder.</summary>
    string Format { get; }

    /// <summary>For people: what is in it, and who reads it.</summary>
    string Summary { get; }
}
