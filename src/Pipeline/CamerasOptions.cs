namespace Depth3D.Pipeline;

/// <summary>How the cameras are solved.</summary>
public sealed record CamerasOptions
{
    /// <summary><c>colmap</c>, <c>flow</c> or <c>file:PATH</c> (COLMAP text or binary, <c>transforms.json</c>, <c>poses_bounds.npy</c>).</summary>
    public string Method { get; init; } = "colmap";

    /// <summary>Known focal length in pixels of the source's full size, or null.</summary>
    public double? FocalPixels { get; init; }

    /// <summary>Share of frames that must be registered.</summary>
    public double MinRegisteredShare { get; init; } = 0.5;
}
