using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Depth3D.Cluster.Observability;

namespace Depth3D.Faults.Tests;

/// <summary>How long the workers in this process waited for their leases.</summary>
internal sealed class ClaimTimes : IDisposable
{
    private readonly ConcurrentBag<double> _seconds = [];
    private readonly MeterListener _listener = new();

    public ClaimTimes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == MetricNames.ClaimSeconds) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _seconds.Add(seconds));
        _listener.Start();
    }

    public int Count => _seconds.Count;

    /// <param name="share">0.99 for the time that all but one of a hundred stay below.</param>
    public double Quantile(double share)
    {
        var ordered = _seconds.Order().ToArray();
        return ordered[(int)((ordered.Length - 1) * share)];
    }

    public void Dispose() => _listener.Dispose();
}
