using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>What depth, cameras and scene flow say about a pair of frames, on frame 1's grid.</summary>
/// <param name="Flow">Predicted motion in pixels, [H, W, 2]; exactly zero, without gradient, where the point is behind camera 2.</param>
/// <param name="DepthPredicted">z in camera 2, [H, W].</param>
/// <param name="DepthWarped">Depth of frame 2 where the measured flow ends, [H, W].</param>
/// <param name="World">World points of frame 1, [H, W, 3].</param>
public sealed record PairPrediction(Tensor Flow, Tensor DepthPredicted, Tensor DepthWarped, Tensor World);
