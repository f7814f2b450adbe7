using Depth3D.Reconstruction.Merging;

namespace Depth3D.Pipeline.Windows;

/// <summary>How two windows meet.</summary>
/// <param name="Index">The seam between windows <c>Index</c> and <c>Index + 1</c>.</param>
/// <param name="Frames">Frames of both.</param>
/// <param name="Fit">Depth of the second window to the first one's.</param>
/// <param name="Residual">What is left between them: the seam's error.</param>
/// <param name="RotationDegrees">Root mean square angle between the cameras of both.</param>
/// <param name="PositionShare">Root mean square distance between their centres, over the median depth.</param>
public sealed record Seam(int Index, FrameRange Frames, SeamFit Fit, SeamResidual Residual, double RotationDegrees, double PositionShare);
