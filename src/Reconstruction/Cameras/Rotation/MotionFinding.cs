namespace Depth3D.Reconstruction.Cameras.Rotation;

/// <summary>What flow says about the camera before any structure is solved.</summary>
/// <param name="Motion">Parallax unless rotations explain the picture as well as flow can tell.</param>
/// <param name="Focal">At the flow's size; meaningless for a static camera.</param>
/// <param name="FollowingShare">Share of static points that follow a pure rotation, in the median over the long pairs.</param>
/// <param name="ResidualPixels">Median distance from it in pixels of the flow's size, in the median over the long pairs.</param>
/// <param name="FlowPixels">Median length of the flow itself over the same pairs.</param>
/// <param name="Gap">Frames between the two of a long pair.</param>
public sealed record MotionFinding(CameraMotion Motion, RotationFocal Focal, double FollowingShare, double ResidualPixels, double FlowPixels, int Gap);
