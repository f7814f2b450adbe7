using Depth3D.Cli.Reporting;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Cli.Running;

/// <summary>What a loop became, for <c>loop.json</c>, <c>--output json</c> and the table.</summary>
/// <param name="Notes">What the user should know.</param>
/// <param name="WasDone">It was complete before; nothing was computed.</param>
internal sealed record LoopOutcome(
    string Folder, string ReportPath, IReadOnlyList<ResultLine> Results, IReadOnlyList<string> Notes, LoopQuality Quality,
    IReadOnlyList<StageTiming> Timings, bool WasDone, long PeakMemoryBytes);
