using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>What one group of points adds to a step.</summary>
/// <param name="Total">Weighted sum, scalar with gradient.</param>
/// <param name="Flow">Mean residual, scalar.</param>
/// <param name="PerSample">Residual of every sample, to find the one that is not a number.</param>
/// <param name="Count">Samples that counted, scalar.</param>
internal sealed record LossTerms(Tensor Total, Tensor Flow, Tensor Depth, Tensor Acceleration, Tensor PerSample, Tensor Count);
