using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Culling;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops;

/// <summary>
/// Leaves out tiles that add nothing, or less than the budget in sum, to what is seen from the corners and the middle of a loop's box and from where its clips
/// were filmed (spec 9.7, 10.2).
/// </summary>
public static class ViewBoxCulling
{
    /// <param name="video">With the box that its pictures allow.</param>
    /// <param name="sources">Cameras of the clips.</param>
    /// <param name="budget">Largest change of a colour, 0..1.</param>
    /// <param name="frames">Frames that count; null for all. One is enough where no alpha changes over the loop.</param>
    public static MultiTileVideo Cull(MultiTileVideo video, IReadOnlyList<LoopView> sources, double budget, IReadOnlyList<int>? frames = null)
    {
        ArgumentNullException.ThrowIfNull(video);
        ArgumentNullException.ThrowIfNull(sources);
        var poses = ViewBoxCamera.Corners(video.View.Extent).Append(Vec3.Zero).Select(centre => ViewBoxCamera.CamFromReference(video.View, centre));
        var views = sources.Concat(poses.Select(pose => new LoopView(0, video.Geometry.Reference, pose))).ToList();
        return TileSelection.Keep(video, TileCulling.Cull(video, views, budget, frames).Labels);
    }
}
