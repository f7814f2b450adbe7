using System.Globalization;
using Depth3D.Cli.Running;
using Depth3D.Reconstruction.Cameras;
using Spectre.Console;

namespace Depth3D.Cli.Reporting;

/// <summary>Error rows as people read them; every row says which protocol aligned it.</summary>
internal static class EvaluationTable
{
    public static readonly IReadOnlyList<string> Header = ["what", "region", "protocol", "AbsRel", "RMSE log", "delta<1.25", "flicker"];

    public static IReadOnlyList<string> Cells(EvaluationRow row) =>
        [row.What, row.Region, row.Protocol, Number(row.AbsRel), Number(row.RmseLog), Number(row.Delta1), Number(row.Flicker)];

    public static void Print(Evaluation evaluation)
    {
        var table = Tables.Create([.. Header]);
        foreach (var row in evaluation.Rows) table.AddRow([.. Cells(row)]);
        Tables.Print(table);
        foreach (var line in Describe(evaluation.Cameras)) Console.WriteLine(line);
    }

    /// <summary>One line, or two where cameras were refined with the depth.</summary>
    public static IEnumerable<string> Describe(IReadOnlyList<CameraRow> cameras) => cameras.Select(c => c.Errors).Distinct().Count() == 1
        ? [Describe("cameras", cameras[0].Errors)]
        : cameras.Select(c => Describe($"cameras of the {c.What} depth", c.Errors));

    private static string Describe(string what, CameraErrors errors)
    {
        var position = errors.PositionShare is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"position {share:0.00%} of the path, ")
            : "";
        return what + " after one similarity transform: " + position + string.Create(CultureInfo.InvariantCulture,
            $"rotation {errors.RotationMeanDegrees:0.000} degrees, focal length x{errors.FocalRatio:0.000}");
    }

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";
}
