using System.Globalization;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Reporting;

/// <summary>Consistency on held-out pairs, in words.</summary>
internal static class HeldOutText
{
    public static string Flow(HeldOutSummary? heldOut)
    {
        if (heldOut is null || heldOut.Prior.Count == 0) return "not measured";
        var text = string.Create(CultureInfo.InvariantCulture,
            $"prior {heldOut.Prior.FlowPixels:0.000} px, optimised {heldOut.Optimised.FlowPixels:0.000} px, published {heldOut.Published.FlowPixels:0.000} px");
        return heldOut.FlowMeasuresDepth ? text : text + " (of the cameras alone: without parallax depth does not change it)";
    }

    public static string Depth(HeldOutSummary? heldOut) => heldOut is null || heldOut.Prior.Count == 0
        ? "not measured"
        : string.Create(CultureInfo.InvariantCulture,
            $"ln depth off by {heldOut.Prior.LogDepth:0.0000} in the prior, {heldOut.Optimised.LogDepth:0.0000} optimised, {heldOut.Published.LogDepth:0.0000} published; "
            + $"disparity by {heldOut.Prior.RelativeDisparity:0.00%}, {heldOut.Optimised.RelativeDisparity:0.00%}, {heldOut.Published.RelativeDisparity:0.00%}");
}
