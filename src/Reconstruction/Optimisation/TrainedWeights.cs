using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Weights of a network that training leaves beside depth.</summary>
/// <param name="Part"><c>network</c> for depth, <c>motion</c> for scene flow.</param>
/// <param name="Arrays">Named as the network's own weight file names them.</param>
public sealed record TrainedWeights(string Part, IReadOnlyList<(string Name, Tensor Value)> Arrays);
