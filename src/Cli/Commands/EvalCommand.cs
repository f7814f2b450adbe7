using System.CommandLine;
using System.Globalization;
using Depth3D.Cli.Reporting;
using Depth3D.Cli.Running;
using Depth3D.Messages;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d eval RUN</c>: a finished run against whatever is known about its clip.</summary>
internal static class EvalCommand
{
    public static Command Build()
    {
        var run = new Argument<DirectoryInfo>("run") { Description = "The --out folder of a finished run." };
        var truth = new Option<DirectoryInfo?>("--truth") { Description = "A folder that sample render made: AbsRel, RMSE log, delta<1.25, flicker, cameras." };
        var masks = new Option<DirectoryInfo?>("--masks") { Description = "A folder of true masks: intersection over union per frame." };
        var disparity = new Option<DirectoryInfo?>("--disparity") { Description = "A folder of 16-bit PNGs of another method's disparity: correlation by region." };
        var output = CommonOptions.Output();
        var command = new Command("eval", "Compare a run with the truth, with true masks, or with another method's disparity.") { run, truth, masks, disparity, output };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(run)!.FullName;
            var against = parsed.GetValue(truth) is { } t ? RunEvaluation.Against(folder, t.FullName) : null;
            var result = new EvaluationReport(
                against?.Rows, against?.Cameras,
                parsed.GetValue(masks) is { } m ? MaskOverlap.PerFrame(Path.Combine(folder, "masks"), m.FullName) : null,
                parsed.GetValue(disparity) is { } d ? DisparityComparison.Rows(folder, d.FullName) : null);
            if (result is { Rows: null, MaskIou: null, Disparity: null })
                throw new Depth3DException("nothing to compare with", remedy: "give --truth, --masks or --disparity", kind: FailureKind.Usage);
            if (parsed.GetValue(output) == OutputFormat.Json) Terminal.WriteJson(result);
            else Print(result, against);
        });
        return command;
    }

    private static void Print(EvaluationReport result, Evaluation? against)
    {
        if (against is not null) EvaluationTable.Print(against);
        if (result.MaskIou is { } overlap)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mask IoU: mean {overlap.Average():0.000}, least {overlap.Min():0.000}; per frame:"));
            Console.WriteLine("  " + string.Join(' ', overlap.Select(v => v.ToString("0.00", CultureInfo.InvariantCulture))));
        }

        if (result.Disparity is { } disparity) DisparityTable.Print(disparity);
    }
}
