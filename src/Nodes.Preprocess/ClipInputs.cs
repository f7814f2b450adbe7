using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Preprocess;

/// <summary>Reads what earlier stages of a clip left, for the stages of this role.</summary>
internal static class ClipInputs
{
    public static FramesInfo Frames(IArtifactReader inputs) =>
        StageJson.Read<FramesInfo>(inputs.PathOf(Stages.Frames, Artifacts.FramesIndex));

    /// <summary>One camera per frame, at working size.</summary>
    public static CameraTrack Cameras(IArtifactReader inputs) =>
        CameraArtifacts.Read(inputs, Stages.Cameras, Artifacts.Cameras, Frames(inputs).Count);
}
