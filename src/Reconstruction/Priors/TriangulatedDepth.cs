using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Priors;

/// <summary>Depth from several views of one frame, at training size.</summary>
/// <param name="InverseDepth">1/z in the cameras' unit; 0 where nothing is known.</param>
/// <param name="Confidence">0 (unknown) to 1 (well below five percent error, by parallax and agreement of the views).</param>
public sealed record TriangulatedDepth(Raster<float> InverseDepth, Raster<float> Confidence);
