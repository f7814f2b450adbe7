namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>One level of the optimisation, coarse to fine.</summary>
/// <param name="Factor">Of the working size.</param>
/// <param name="Width">Of the pictures.</param>
/// <param name="Height">Of the pictures.</param>
/// <param name="TileSize">Side of a tile in texels.</param>
/// <param name="Patches">Rectangles of a picture that are optimised one at a time.</param>
public sealed record LoopLevel(double Factor, int Width, int Height, int TileSize, IReadOnlyList<PixelRectangle> Patches);
