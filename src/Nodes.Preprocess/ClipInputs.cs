using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Nodes.Preprocess;

/// <summary>Reads what earlier stages of a clip left, for the stages of this role.</summary>
internal static class ClipInputs
{
    public static FramesInfo Frames(IArtifactReader inputs) =>
        StageJson.Read<FramesInfo>(inputs.PathOf(Stages.Frames, Artifacts.FramesIndex));

    public static CameraTrack Cameras(IArtifactReader inputs)
    {
        var path = inputs.PathOf(Stages.Cameras, Artifacts.Cameras);
        try
        {
            return CameraTrack.Load(path);
        }
        catch (InvalidDataException e)
        {
            throw new Depth3DException(e.Message, kind: FailureKind.Storage, inner: e);
        }
    }
}
