namespace Depth3D.Pipeline.Windows;

/// <summary>The focal length that solving one window's cameras found. Windows share one lens: each for itself would find another.</summary>
/// <param name="FocalPixels">In pixels of the source's full size, as <see cref="CamerasOptions.FocalPixels"/>; null where the window has no parallax or cannot be solved.</param>
/// <param name="TurnDegrees">Largest rotation in the window: the more, the surer.</param>
/// <param name="Verdict">For people.</param>
public sealed record LensFinding(double? FocalPixels, double TurnDegrees, string Verdict);
