using System.Diagnostics.Metrics;
using Depth3D.Cluster.Observability;

namespace Depth3D.Cluster.Workers;

/// <summary>What a worker measures of itself.</summary>
internal static class WorkerMeters
{
    private static readonly Meter Meter = new(MetricNames.Meter);

    public static readonly Histogram<double> ClaimSeconds = Meter.CreateHistogram<double>(MetricNames.ClaimSeconds, "s");
}
