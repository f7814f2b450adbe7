using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Splatting;

/// <summary>Where the points of a cloud come from, when all are pixels of one frame.</summary>
/// <param name="Pixels">Per point its pixel, row by row; ascending.</param>
/// <param name="Rows">Per row of the frame the place of its first point, and in the end the number of points.</param>
/// <param name="Intrinsics">Of the frame; each point lies on its pixel's ray.</param>
internal sealed record PixelGrid(int[] Pixels, int[] Rows, Intrinsics Intrinsics, RigidTransform CamFromWorld)
{
    /// <param name="keep">Per point whether it stays.</param>
    /// <param name="kept">Pixels of those that do.</param>
    public PixelGrid Where(bool[] keep, int[] kept)
    {
        var rows = new int[Rows.Length];
        for (var y = 0; y + 1 < rows.Length; y++) rows[y + 1] = rows[y] + keep.AsSpan(Rows[y], Rows[y + 1] - Rows[y]).Count(true);
        return this with { Pixels = kept, Rows = rows };
    }
}
