namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Pixels of a picture: the first column and row, and how many.</summary>
public readonly record struct PixelRectangle(int Left, int Top, int Width, int Height);
