using System.Globalization;
using Depth3D.Cli.Running;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;
using Spectre.Console;

namespace Depth3D.Cli.Reporting;

/// <summary>Error rows as people read them; every row says which protocol aligned it.</summary>
internal static class EvaluationTable
{
    public static readonly IReadOnlyList<string> Header = ["what", "region", "protocol", "AbsRel", "RMSE log", "delta<1.25", "flicker"];

    public static IReadOnlyList<string> Cells(DepthMetricsRow row) =>
        [row.What, row.Region, row.Protocol, Number(row.AbsRel), Number(row.RmseLog), Number(row.Delta1), Number(row.Flicker)];

    public static void Print(Evaluation evaluation)
    {
        var table = Tables.Create([.. Header]);
        foreach (var row in evaluation.Depth) table.AddRow([.. Cells(row)]);
        Tables.Print(table);
        if (evaluation.Cameras is { } cameras) Console.WriteLine(Describe(cameras));
    }

    public static string Describe(CameraErrors cameras) => string.Create(CultureInfo.InvariantCulture,
        $"cameras after one similarity transform: position {cameras.PositionShare ?? 0:0.00%} of the path, "
        + $"rotation {cameras.RotationMeanDegrees:0.000} degrees, focal length x{cameras.FocalRatio:0.000}");

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
