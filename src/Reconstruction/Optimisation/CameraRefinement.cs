using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Cameras as the optimisation left them. Frame 0 and the length of the path are those of the cameras it began with.</summary>
/// <param name="FocalFactor">New focal length over the old.</param>
/// <param name="CamFromWorld">One per frame, translation in units of <see cref="TrainingClip.DepthUnit"/>.</param>
public sealed record CameraRefinement(double FocalFactor, IReadOnlyList<RigidTransform> CamFromWorld)
{
    /// <summary>The cameras that these began as, refined.</summary>
    /// <param name="track">In the prior's depth unit, any size.</param>
    /// <param name="depthUnit">One unit of the optimisation in the prior's.</param>
    public CameraTrack ApplyTo(CameraTrack track, double depthUnit) => track with
    {
        Intrinsics = track.Intrinsics with { Fx = track.Intrinsics.Fx * FocalFactor, Fy = track.Intrinsics.Fy * FocalFactor },
        Frames = [.. track.Frames.Select((f, i) => f with
        {
            CamFromWorld = CamFromWorld[i] with { Translation = CamFromWorld[i].Translation * depthUnit },
        })],
        Verdict = FormattableString.Invariant($"{track.Verdict}; refined with the depth, focal length by {FocalFactor - 1:+0.00%;-0.00%}"),
    };
}
