using Depth3D.Reconstruction.Merging;

namespace Depth3D.Pipeline.Windows;

/// <summary>Where the windows of a long clip lie in it. Found once, published, and read by every task that joins frames: no task finds its own.</summary>
/// <param name="Method"><c>cameras</c>: by cameras known for the whole clip; <c>overlap</c>: by the frames that windows share.</param>
/// <param name="Placements">By window; the first window's unit and world are the clip's.</param>
public sealed record WindowAlignments(string Method, IReadOnlyList<WindowPlacement> Placements, IReadOnlyList<Seam> Seams)
{
    public const string ByCameras = "cameras", ByOverlap = "overlap";
}
