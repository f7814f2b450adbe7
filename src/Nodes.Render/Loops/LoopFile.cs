using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Culling;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>The finished loop as the last stages take it: with the box that its pictures allow, no larger than the scene was made for.</summary>
internal static class LoopFile
{
    /// <exception cref="Messages.Depth3DException">Stage 2 left none, or it is damaged.</exception>
    public static MultiTileVideo Open(IArtifactReader inputs)
    {
        var video = MtvFile.Load(inputs.PathOf(LoopStages.Train, LoopArtifacts.Loop));
        return video with { View = ViewBoxFinder.Find(video, video.View.Extent) };
    }

    /// <summary>
    /// The same without tiles that add nothing, or less than the budget in sum, to what is seen from the corners and the middle of the box and from where
    /// the clips were filmed (spec 9.7, 10.2).
    /// </summary>
    /// <param name="video">As <see cref="Open"/> gave it.</param>
    /// <param name="sources">Cameras of the clips.</param>
    public static MultiTileVideo Culled(MultiTileVideo video, IReadOnlyList<LoopView> sources, double budget)
    {
        var poses = ViewBoxCamera.Corners(video.View.Extent).Append(Vec3.Zero).Select(centre => ViewBoxCamera.CamFromReference(video.View, centre));
        var views = sources.Concat(poses.Select(pose => new LoopView(0, video.Geometry.Reference, pose))).ToList();
        return TileSelection.Keep(video, TileCulling.Cull(video, views, budget).Labels);
    }

    public static LoopPath Path(DepthOptions options, MultiTileVideo video) =>
        new(options.Output.CameraPath, options.Output.PathAmplitude, video.View, video.Frames, options.Loop!.Repeats);
}
