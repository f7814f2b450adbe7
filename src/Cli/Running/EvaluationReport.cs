namespace Depth3D.Cli.Running;

/// <summary>What <c>eval --output json</c> prints (docs/formats.md); null for what was not asked.</summary>
/// <param name="Rows">Against the truth.</param>
/// <param name="Cameras">Against the truth, in full.</param>
/// <param name="MaskIou">Intersection over union with true masks, per frame.</param>
/// <param name="Disparity">Against another method's disparity.</param>
internal sealed record EvaluationReport(
    IReadOnlyList<EvaluationRow>? Rows, IReadOnlyList<CameraRow>? Cameras, IReadOnlyList<double>? MaskIou, IReadOnlyList<DisparityRow>? Disparity);
