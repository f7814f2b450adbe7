namespace Depth3D.Pipeline;

/// <summary>Which files recipe <c>export</c> makes of a finished run.</summary>
public sealed record ExportOptions
{
    /// <summary>Of the exporters' code: raised where the same options make other files, so that files of another version are made anew.</summary>
    public int Version { get; } = 1;

    /// <summary>Names of formats, each once: <c>exr</c>, <c>ply</c>, <c>nerfstudio</c>, ...</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>Units of the export in one unit of the clip: depth, camera positions and points are multiplied by it.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What one unit of the export is, such as <c>metre</c>; empty where nobody knows.</summary>
    public string Unit { get; init; } = "";
}
