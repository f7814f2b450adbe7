namespace Depth3D.Pipeline.Loops;

/// <summary>Where the reference camera of a finished run's loop stands among the run's.</summary>
/// <param name="FirstFrame">First frame of the run that is used; the view's frame 0.</param>
/// <param name="FocalPixels">Focal length of the run's camera at working size, across.</param>
/// <param name="FocalPixelsDown">The same, down.</param>
/// <param name="CentreX">Principal point, pixel centres at integers.</param>
/// <param name="CentreY">The same, down.</param>
/// <param name="ParallaxPixels">How far the nearest moves against the farthest between the reference camera and any frame.</param>
/// <param name="MovingCamera">Whether there is parallax at all.</param>
public sealed record RunLoopInfo(int FirstFrame, double FocalPixels, double FocalPixelsDown, double CentreX, double CentreY, double ParallaxPixels, bool MovingCamera);
