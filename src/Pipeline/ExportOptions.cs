namespace Depth3D.Pipeline;

/// <summary>Which files recipe <c>export</c> makes of a finished run.</summary>
public sealed record ExportOptions
{
    /// <summary>Names of formats, each once: <c>exr</c>, <c>ply</c>, <c>nerfstudio</c>, ...</summary>
    public required IReadOnlyList<string> Formats { get; init; }
}
