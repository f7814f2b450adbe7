using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
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

    public static LoopPath Path(DepthOptions options, MultiTileVideo video) =>
        new(options.Output.CameraPath, options.Output.PathAmplitude, video.View, video.Frames, options.Loop!.Repeats);
}
