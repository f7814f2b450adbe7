namespace Depth3D.Imaging;

/// <summary>One connected region: its label, bounding box in pixels and number of pixels.</summary>
public readonly record struct Component(int Label, int X, int Y, int Width, int Height, int Area);
