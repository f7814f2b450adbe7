namespace Depth3D.Rendering.TruthScenes;

/// <summary>What <c>loop.json</c> says about a truth loop's folder.</summary>
/// <param name="Starts">Moment at which each view's recording begins, frames.</param>
/// <param name="Frames">Length of each view's recording.</param>
public sealed record TruthLoopInfo(
    string Loop, int PeriodFrames, double FramesPerSecond, int Width, int Height, IReadOnlyList<double> Starts, IReadOnlyList<int> Frames);
