using Depth3D.Imaging;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>One rendered frame. Colour is supersampled; everything else is exact at pixel centres.</summary>
/// <param name="Rgb">RGB.</param>
/// <param name="Depth">z in scene units.</param>
/// <param name="MovingMask">255 = a moving body.</param>
/// <param name="BodyIds">0 = what stands still.</param>
/// <param name="WorldPoints">Three channels: x, y, z in the world.</param>
public sealed record TruthFrame(
    Raster<byte> Rgb, Raster<float> Depth, Raster<byte> MovingMask, Raster<byte> BodyIds, Raster<float> WorldPoints);
