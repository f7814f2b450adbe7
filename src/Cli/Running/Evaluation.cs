using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Cli.Running;

/// <summary>A run against the truth.</summary>
/// <param name="Depth">Rows of the prior, then of the optimised depth.</param>
/// <param name="Cameras">After the best similarity transform between the two worlds; null where the camera does not travel.</param>
internal sealed record Evaluation(IReadOnlyList<DepthMetricsRow> Depth, CameraErrors? Cameras);
