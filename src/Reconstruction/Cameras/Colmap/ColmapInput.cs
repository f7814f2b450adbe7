using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>The frames whose cameras are sought.</summary>
/// <param name="Images">Paths in order, all of one size.</param>
/// <param name="Masks">Per frame not zero where something moves, same size; null for none.</param>
public sealed record ColmapInput(IReadOnlyList<string> Images, IReadOnlyList<Raster<byte>>? Masks, int Width, int Height);
