namespace Depth3D.Pipeline;

/// <summary>How the joint optimisation ended.</summary>
/// <param name="Method"><c>field</c>.</param>
/// <param name="Steps">Steps planned.</param>
/// <param name="NearDepth">Clip-wide 2 % percentile of optimised depth, widened by half: the near end of the 16-bit PNGs.</param>
/// <param name="FarDepth">Clip-wide 98 % percentile of optimised depth, widened: the far end.</param>
/// <param name="FlickerBefore">Mean |change of ln depth| of the prior along measured flow between neighbouring frames; true motion in depth
/// counts too, so it serves to compare. NaN where it was not measured.</param>
/// <param name="FlickerAfter">The same of optimised depth.</param>
/// <param name="StepsTaken">Less than <paramref name="Steps"/> where early stopping ended the chain.</param>
/// <param name="BestStep">The result is depth as of this step, the best on held-out pairs.</param>
/// <param name="Warnings">What a person should know about the inputs, in sentences.</param>
public sealed record TrainInfo(
    string Method, int Steps, double FinalLoss, HeldOutSummary HeldOut,
    double NearDepth, double FarDepth, double FlickerBefore = double.NaN, double FlickerAfter = double.NaN,
    int StepsTaken = 0, int BestStep = 0, IReadOnlyList<string>? Warnings = null);
