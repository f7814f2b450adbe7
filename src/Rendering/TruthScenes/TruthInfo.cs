namespace Depth3D.Rendering.TruthScenes;

/// <summary>What <c>truth.json</c> says about a truth folder. Lengths in scene units, one unit is a metre.</summary>
/// <param name="FlowGaps">Gaps between the frames of the stored flow pairs.</param>
public sealed record TruthInfo(
    string Scene, int Frames, int Width, int Height, double FramesPerSecond, TruthCameraMotion Motion, IReadOnlyList<int> FlowGaps,
    string Unit, string Axes);
