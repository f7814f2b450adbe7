namespace Depth3D.Pipeline;

/// <summary>How the joint optimisation ended.</summary>
/// <param name="Method"><c>field</c>.</param>
/// <param name="NearDepth">Clip-wide 2 % percentile of optimised depth, widened by half: the near end of the 16-bit PNGs.</param>
/// <param name="FarDepth">Clip-wide 98 % percentile of optimised depth, widened: the far end.</param>
/// <param name="FlickerBefore">Mean |change of ln depth| of the prior along measured flow between neighbouring frames; true motion in depth
/// counts too, so it serves to compare. NaN where it was not measured.</param>
/// <param name="FlickerAfter">The same of optimised depth.</param>
public sealed record TrainInfo(
    string Method, int Steps, double FinalLoss, double HeldOutFlowPixelsBefore, double HeldOutFlowPixelsAfter,
    double NearDepth, double FarDepth, double FlickerBefore = double.NaN, double FlickerAfter = double.NaN);
