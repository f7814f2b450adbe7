namespace Depth3D.Cli.Running;

/// <summary>A run against the truth.</summary>
/// <param name="Rows">Of the prior, then of the optimised depth: three protocols by three regions each.</param>
/// <param name="Cameras">After the best similarity transform between the two worlds.</param>
internal sealed record Evaluation(IReadOnlyList<EvaluationRow> Rows, IReadOnlyList<CameraRow> Cameras);
