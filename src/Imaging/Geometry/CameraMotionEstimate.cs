namespace Depth3D.Imaging;

/// <summary>A rigid motion found from points: x2 = R x1 + t.</summary>
/// <param name="Rotation">3x3, row-major.</param>
/// <param name="Translation">3; of length 1 where the points do not give the scale.</param>
/// <param name="Inliers">Per point.</param>
/// <param name="InlierCount">Number of points that agree.</param>
public sealed record CameraMotionEstimate(double[] Rotation, double[] Translation, bool[] Inliers, int InlierCount);
