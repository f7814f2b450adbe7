using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Cli.Running;

/// <summary>
/// One row of <c>eval --truth</c> as programs read it (docs/formats.md): the measures of <see cref="DepthMetricsRow"/>, null where a region is
/// empty, and the errors of the cameras that this depth goes with.
/// </summary>
/// <param name="CameraRotationDegrees">Mean angle to the true rotations.</param>
/// <param name="CameraPosition">Root mean square distance to the true centres, truth units.</param>
/// <param name="CameraPositionShare">The same over the length of the true path; null for a camera that does not travel.</param>
internal sealed record EvaluationRow(
    string What, string Region, string Protocol, long Pixels, double? AbsRel, double? RmseLog, double? Delta1, double? Flicker,
    double CameraRotationDegrees, double CameraPosition, double? CameraPositionShare)
{
    public static EvaluationRow From(DepthMetricsRow row, CameraErrors cameras) => new(
        row.What, row.Region, row.Protocol, row.Pixels, Known(row.AbsRel), Known(row.RmseLog), Known(row.Delta1), Known(row.Flicker),
        cameras.RotationMeanDegrees, cameras.PositionRmse, cameras.PositionShare);

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
