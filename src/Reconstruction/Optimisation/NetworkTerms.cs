using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Losses of the pairs of one frame (spec 4.2), weighted into <paramref name="Total"/>.</summary>
/// <param name="Total">Of each pair, the acceleration prior included, [T], with gradient.</param>
/// <param name="Flow">Mean residual of each pair in pixels, [T].</param>
/// <param name="Depth">Disparity loss, or what stands in its place, [T].</param>
/// <param name="Acceleration">Mean absolute acceleration, the same for all pairs of a frame, scalar.</param>
internal sealed record NetworkTerms(Tensor Total, Tensor Flow, Tensor Depth, Tensor Acceleration);
