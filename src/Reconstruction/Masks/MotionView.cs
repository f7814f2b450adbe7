using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>What one frame sees of another: the flow to it on this frame's grid, and where that flow is to be believed.</summary>
/// <param name="Gap">Other frame minus this frame; not zero.</param>
/// <param name="Flow">Two channels, pixels of its own size.</param>
/// <param name="Valid">1 = valid.</param>
public sealed record MotionView(int Gap, Raster<float> Flow, Raster<byte> Valid);
