using System.Globalization;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Reporting;

/// <summary>How long was trained, and which state was kept, in words.</summary>
internal static class TrainSteps
{
    public static string Describe(TrainInfo info)
    {
        var taken = info.StepsTaken < info.Steps ? $"{info.StepsTaken} of {info.Steps}, then held-out pairs no longer improved" : $"{info.Steps}";
        return info.BestStep < info.StepsTaken ? string.Create(CultureInfo.InvariantCulture, $"{taken}; kept as of step {info.BestStep}, the best on held-out pairs") : taken;
    }
}
