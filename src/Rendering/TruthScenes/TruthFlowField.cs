using Depth3D.Imaging;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Exact motion of every pixel of one frame to another.</summary>
/// <param name="Flow">Two channels du, dv in pixels on the first frame's grid: p2 = p1 + flow.</param>
/// <param name="Visible">1 where the point is inside the second picture and nothing stands before it there, else 0.</param>
/// <param name="SceneFlow">Three channels: displacement of the point in the world, scene units.</param>
/// <param name="TargetDepth">z of the point in the second camera; not positive behind it.</param>
public sealed record TruthFlowField(Raster<float> Flow, Raster<byte> Visible, Raster<float> SceneFlow, Raster<float> TargetDepth);
