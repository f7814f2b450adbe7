using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>True motion of every pixel to the next frame.</summary>
/// <param name="Flow">Two channels du, dv, pixels: p2 = p1 + flow.</param>
/// <param name="Visible">Not zero where the point is seen in the next frame.</param>
/// <param name="TargetDepth">z of the point in the next camera.</param>
public sealed record TrueMotion(Raster<float> Flow, Raster<byte> Visible, Raster<float> TargetDepth);
