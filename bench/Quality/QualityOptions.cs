using Depth3D.Pipeline;

namespace Depth3D.Bench.Quality;

/// <summary>What is the same for every case.</summary>
/// <param name="Masks"><c>motion</c> as in the product, or <c>true</c> for the truth's own.</param>
/// <param name="Cameras">As <c>--cameras</c> of the product.</param>
/// <param name="MonocularModel">Path of the ONNX model behind prior <c>mono</c>.</param>
internal sealed record QualityOptions(string Masks, string Cameras, string MonocularModel, TrainOptions Train);
