using System.Globalization;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Reporting;

/// <summary>How much depth flickers along measured flow, in words; only for comparing maps of one clip.</summary>
internal static class RunFlicker
{
    public static string Describe(TrainInfo info) => double.IsNaN(info.FlickerBefore) || double.IsNaN(info.FlickerAfter)
        ? "not measured"
        : string.Create(CultureInfo.InvariantCulture, $"prior {info.FlickerBefore:0.0000}, optimised {info.FlickerAfter:0.0000}");
}
