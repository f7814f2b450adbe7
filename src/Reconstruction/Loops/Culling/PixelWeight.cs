namespace Depth3D.Reconstruction.Loops.Culling;

/// <summary>What a tile adds to a pixel; pixels of all views are counted in one row.</summary>
internal readonly record struct PixelWeight(int Tile, int Pixel, float Weight);
