namespace Depth3D.Rendering.Views;

/// <summary>A corner of a triangle: place in the sample grid, 1/z in the view, and place in the frame.</summary>
internal readonly record struct SurfaceCorner(float U, float V, float Inverse, float X, float Y);
