namespace Depth3D.Pipeline;

/// <summary>What the frames stage extracted. Sizes in pixels, times in seconds from the first frame.</summary>
/// <param name="TimestampsSeconds">Presentation time of each kept frame; not evenly spaced for variable frame rate.</param>
/// <param name="FramesPerSecond">Rate for the videos made from them: the median of the time steps, inverted.</param>
public sealed record FramesInfo(
    string SourceName, int SourceWidth, int SourceHeight, int RotationDegrees,
    int Width, int Height, int TrainWidth, int TrainHeight,
    int Count, double FramesPerSecond, IReadOnlyList<double> TimestampsSeconds, IReadOnlyList<int> SourceFrameIndices);
