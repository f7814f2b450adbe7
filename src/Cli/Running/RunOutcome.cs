using Depth3D.Cli.Reporting;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Running;

/// <summary>What a finished run made, for <c>run.json</c>, <c>--output json</c> and the table.</summary>
/// <param name="Notes">What the user should know: the prior's choice, the cameras' verdict, warnings of the preflight.</param>
/// <param name="Errors">Against the truth, where it is known.</param>
/// <param name="HeldOut">How consistent depth is on pairs that were never trained on; needs no truth.</param>
internal sealed record RunOutcome(
    string Folder, string ReportPath, IReadOnlyList<ResultLine> Results, IReadOnlyList<string> Notes,
    IReadOnlyList<StageTiming> Timings, Evaluation? Errors, HeldOutSummary HeldOut, double ComputeSeconds, long PeakMemoryBytes, DepthOptions Options);
