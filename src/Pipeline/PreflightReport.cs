using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Pipeline;

/// <summary>What is worth knowing about a clip before hours are spent on it.</summary>
/// <param name="CutFrames">First frames after a hard cut (index into the extracted frames).</param>
/// <param name="BlurScores">Variance of the Laplacian per frame; low is blurred.</param>
/// <param name="MedianMotionPixels">Median motion between neighbouring frames, working-size pixels.</param>
/// <param name="Warnings">One sentence each, for people.</param>
public sealed record PreflightReport(
    IReadOnlyList<int> CutFrames, IReadOnlyList<double> BlurScores, double MedianMotionPixels,
    CameraMotion Motion, double ParallaxScore, double MeanBrightness, IReadOnlyList<string> Warnings);
