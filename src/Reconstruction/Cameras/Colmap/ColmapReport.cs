namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>What came of solving a clip.</summary>
/// <param name="Best">The best model found, whether or not it passes the gates; null where there is none.</param>
/// <param name="Accepted"><paramref name="Best"/> passes every gate.</param>
/// <param name="Attempts">What was tried and what came of it, one line each.</param>
public sealed record ColmapReport(ColmapSolution? Best, bool Accepted, IReadOnlyList<string> Attempts);
