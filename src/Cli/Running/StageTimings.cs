using Depth3D.Cli.Reporting;
using Depth3D.Cluster;

namespace Depth3D.Cli.Running;

/// <summary>Adds up the accepted attempts of each stage, in the order in which the stages began.</summary>
internal static class StageTimings
{
    public static IReadOnlyList<StageTiming> Of(IEnumerable<TaskTiming> timings) =>
    [
        .. timings.Where(t => t.Outcome == "done").GroupBy(t => t.Task.Stage).Select(g =>
            new StageTiming(g.Key.Value, g.Count(), TimeSpan.FromTicks(g.Sum(t => t.Elapsed?.Ticks ?? 0)))),
    ];
}
