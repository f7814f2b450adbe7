using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Pipeline;

/// <summary>Reads camera tracks that a stage published.</summary>
public static class CameraArtifacts
{
    /// <exception cref="Depth3DException">The file is missing, is no camera track, or does not have one finite camera per frame.</exception>
    public static CameraTrack Read(IArtifactReader inputs, StageName stage, string fileName, int frames)
    {
        var path = inputs.PathOf(stage, fileName);
        CameraTrack track;
        try
        {
            track = CameraTrack.Load(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw DamagedArtifact.At(path, $"cannot be read as a camera track: {e.Message}", e);
        }

        if (track.Frames.Count != frames)
            throw DamagedArtifact.At(path, $"{track.Frames.Count} cameras for {frames} frames; expected one for each");
        var k = track.Intrinsics;
        if (!(k.Fx > 0 && k.Fy > 0 && double.IsFinite(k.Fx + k.Fy + k.Cx + k.Cy) && k.Width > 0 && k.Height > 0))
            throw DamagedArtifact.At(path, $"focal length {k.Fx} x {k.Fy} px at {k.Width}x{k.Height}; expected positive finite numbers");
        for (var i = 0; i < frames; i++)
        {
            var (r, t) = (track.Frames[i].CamFromWorld.Rotation, track.Frames[i].CamFromWorld.Translation);
            if (!double.IsFinite(t.Length) || !(Math.Abs(r.Determinant - 1) < 1e-3))
                throw DamagedArtifact.At(path, $"the camera of frame {i} is not a rotation and a finite translation");
        }

        return track;
    }
}
