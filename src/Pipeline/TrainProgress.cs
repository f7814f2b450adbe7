namespace Depth3D.Pipeline;

/// <summary>How far the chain of chunks is; every chunk takes its predecessor's, adds its own check and publishes it.</summary>
/// <param name="Stopped">Held-out pairs no longer improved: later chunks pass through, the last one writes the result.</param>
/// <param name="BestChunk">Whose checkpoint the result is made from; -1 as long as depth was not trained.</param>
/// <param name="BatchDivisor">The next chunk starts with a full batch divided by this.</param>
/// <param name="Checks">The prior's, then one of each chunk that trained.</param>
public sealed record TrainProgress(
    string Method, int TotalSteps, bool Stopped, int BestChunk, int BatchDivisor, IReadOnlyList<TrainCheck> Checks);
