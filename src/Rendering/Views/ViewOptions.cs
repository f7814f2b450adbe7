using Depth3D.Rendering.Splatting;

namespace Depth3D.Rendering.Views;

/// <summary>How a clip is shown from a moved camera.</summary>
internal sealed record ViewOptions
{
    /// <summary>The frame as a surface with its own colours between the pixels; else as points.</summary>
    public bool Surface { get; init; } = true;

    /// <summary>Which points go, where the frame is shown as points; null to keep them all.</summary>
    public Func<PointCloud, bool[]>? Keep { get; init; }

    /// <summary>Size and sampling of points, also of the background's.</summary>
    public SplatOptions Splats { get; init; } = new() { Supersampling = 2 };

    /// <summary>
    /// Move the edges of estimated depth onto those of the picture, and take out what it pulls along with moving objects, so that they do not trail
    /// fringes; true depth has no need of it.
    /// </summary>
    public bool SnapEdges { get; init; } = true;

    /// <summary>Paint what no frame saw.</summary>
    public bool Fill { get; init; }
}
