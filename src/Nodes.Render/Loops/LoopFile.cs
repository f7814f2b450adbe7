using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
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
    /// The same, in fine tiles, without those that hardly show. One camera's were left out before its loop was optimised, and its alphas stand still: only what a smaller box
    /// does not show goes here.
    /// </summary>
    /// <param name="video">As <see cref="Open"/> gave it.</param>
    /// <param name="sources">Cameras of the clips.</param>
    public static MultiTileVideo Culled(MultiTileVideo video, IReadOnlyList<LoopView> sources, LoopOptions options) => options.Input == LoopInputs.Views
        ? ViewBoxCulling.Cull(TileSplit.Fine(video), sources, options.CullingBudget)
        : ViewBoxCulling.Cull(video, sources, 0, [0]);

    public static LoopPath Path(DepthOptions options, MultiTileVideo video) =>
        new(options.Output.CameraPath, options.Output.PathAmplitude, video.View, video.Frames, options.Loop!.Repeats);
}
