namespace Depth3D.Imaging;

/// <summary>What a container says about its first video stream. Containers lie: nothing here is used to take memory or to end a loop.</summary>
/// <param name="Width">Of the upright picture, pixels.</param>
/// <param name="FramesPerSecond">Average rate; 0 when it is not known or absurd (not above 0, or above 1000).</param>
/// <param name="FrameCount">Estimate; 0 when not known.</param>
/// <param name="RotationDegrees">Clockwise turn that <see cref="VideoReader"/> has applied: 0, 90, 180 or 270.</param>
/// <param name="IsVariableRate">Frames are not evenly spaced, as far as the container admits it.</param>
/// <param name="PixelAspect">Width over height of one pixel; 1 for square ones.</param>
/// <param name="DurationSeconds">0 when not known.</param>
public sealed record VideoInfo(
    int Width, int Height, double FramesPerSecond, long FrameCount, int RotationDegrees, bool IsVariableRate, double PixelAspect,
    string Codec, string Container, double DurationSeconds);
