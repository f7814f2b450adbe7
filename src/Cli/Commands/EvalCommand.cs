using System.CommandLine;
using Depth3D.Cli.Reporting;
using Depth3D.Cli.Running;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d eval RUN --truth DIR</c>: errors of a finished run, each row naming its protocol.</summary>
internal static class EvalCommand
{
    public static Command Build()
    {
        var run = new Argument<DirectoryInfo>("run") { Description = "The --out folder of a finished run." };
        var truth = new Option<DirectoryInfo>("--truth") { Description = "A folder that sample render made.", Required = true };
        var output = CommonOptions.Output();
        var command = new Command("eval", "Compare a run with the truth: AbsRel, RMSE log, delta<1.25 and flicker, by region and protocol.") { run, truth, output };
        command.SetAction(parsed =>
        {
            var evaluation = RunEvaluation.Against(parsed.GetValue(run)!.FullName, parsed.GetValue(truth)!.FullName);
            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                Terminal.WriteJson(evaluation);
                return;
            }

            EvaluationTable.Print(evaluation);
        });
        return command;
    }
}
