using Depth3D.Cli.Reporting;

namespace Depth3D.Cli.Running;

/// <summary>What an effect or an export made, for <c>--output json</c> and the table.</summary>
/// <param name="WasDone">It was complete before; nothing was computed.</param>
internal sealed record JobOutcome(string Folder, IReadOnlyList<ResultLine> Results, IReadOnlyList<StageTiming> Timings, bool WasDone);
