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
        var disparity = new Option<DirectoryInfo?>("--disparity") { Description = "A folder of 16-bit PNGs of another method's disparity: correlation per frame." };
        var output = CommonOptions.Output();
        var command = new Command("eval", "Compare a run with the truth, with true masks, or with another method's disparity.") { run, truth, masks, disparity, output };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(run)!.FullName;
            var result = new Result(
                parsed.GetValue(truth) is { } t ? RunEvaluation.Against(folder, t.FullName) : null,
                parsed.GetValue(masks) is { } m ? MaskOverlap.PerFrame(Path.Combine(folder, "masks"), m.FullName) : null,
                parsed.GetValue(disparity) is { } p ? DisparityAgreement.PerFrame(DepthFolder.Open(Path.Combine(folder, "prior"), "prior_"), p.FullName) : null,
                parsed.GetValue(disparity) is { } d ? DisparityAgreement.PerFrame(DepthFolder.Open(Path.Combine(folder, "depth"), "depth_"), d.FullName) : null);
            if (result is { Truth: null, MaskIou: null, DisparityCorrelation: null })
                throw new Depth3DException("nothing to compare with", remedy: "give --truth, --masks or --disparity", kind: FailureKind.Usage);
            if (parsed.GetValue(output) == OutputFormat.Json) Terminal.WriteJson(result);
            else Print(result);
        });
        return command;
    }

    private static void Print(Result result)
    {
        if (result.Truth is { } truth) EvaluationTable.Print(truth);
        PerFrame("mask IoU", result.MaskIou);
        PerFrame("prior, correlation with the other disparity", result.PriorDisparityCorrelation);
        PerFrame("optimised, correlation with the other disparity", result.DisparityCorrelation);
    }

    private static void PerFrame(string what, IReadOnlyList<double>? values)
    {
        if (values is null) return;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: mean {values.Average():0.000}, least {values.Min():0.000}; per frame:"));
        Console.WriteLine("  " + string.Join(' ', values.Select(v => v.ToString("0.00", CultureInfo.InvariantCulture))));
    }

    /// <summary>Null for what was not asked.</summary>
    private sealed record Result(
        Evaluation? Truth, IReadOnlyList<double>? MaskIou, IReadOnlyList<double>? PriorDisparityCorrelation, IReadOnlyList<double>? DisparityCorrelation);
}
