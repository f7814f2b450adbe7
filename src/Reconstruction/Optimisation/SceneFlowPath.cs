using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Points followed over several frame steps.</summary>
/// <param name="Totals">Displacement after 1, 2, ... steps, each [M, 3].</param>
/// <param name="First">Displacement of step 0, S(X, t).</param>
/// <param name="Second">Displacement of step 1, S(X + S, t + dt).</param>
public sealed record SceneFlowPath(IReadOnlyList<Tensor> Totals, Tensor First, Tensor Second);
