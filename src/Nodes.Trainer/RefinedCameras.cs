using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>What the last chunk leaves of cameras that were corrected together with the depth.</summary>
internal static class RefinedCameras
{
    /// <returns>The clip as the stages after this one see it: with those cameras, or as it was.</returns>
    public static TrainClip Publish(StageContext context, TrainClip clip, CameraRefinement? cameras)
    {
        cameras?.ApplyTo(clip.Cameras, clip.Clip.DepthUnit).Save(context.Output(Artifacts.RefinedCameras));
        return clip.SeenBy(cameras);
    }
}
