using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Masks;

/// <summary>What the motion masks found.</summary>
/// <param name="Motion">The camera's motion as far as the flow shows it.</param>
/// <param name="HomographyShare">Share of the picture that one homography explains, median over the tested frames.</param>
/// <param name="MovingShares">Share of each frame that is marked.</param>
public sealed record MotionMaskReport(CameraMotion Motion, double HomographyShare, IReadOnlyList<double> MovingShares);
