namespace Depth3D.Reconstruction.Cameras;

/// <summary>How far cameras are from the truth after the best similarity transform between the two worlds.</summary>
/// <param name="PositionRmse">Root mean square distance of the camera centres in truth units (absolute trajectory error).</param>
/// <param name="PathLength">Length of the true camera path in truth units; 0 for a camera that does not move.</param>
/// <param name="RotationMeanDegrees">Mean angle between aligned and true rotations.</param>
/// <param name="RotationMaxDegrees">Its largest value.</param>
/// <param name="FocalRatio">Focal length over the true one, both at the true image size.</param>
/// <param name="Scale">Truth units per unit of the compared cameras; 1 where the path gives none.</param>
/// <param name="Frames">Registered frames compared.</param>
public sealed record CameraErrors(double PositionRmse, double PathLength, double RotationMeanDegrees, double RotationMaxDegrees, double FocalRatio,
    double Scale, int Frames)
{
    /// <summary>Position error over the path's length, or null for a camera that does not move.</summary>
    public double? PositionShare => PathLength > 0 ? PositionRmse / PathLength : null;
}
