using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Depth3D.Cluster.Observability;

/// <summary>
/// Collects the metrics of this process and writes them in Prometheus' text format. Counters end in <c>_total</c>; a histogram has
/// buckets, <c>_sum</c> and <c>_count</c>.
/// </summary>
public sealed class PrometheusText : IDisposable
{
    /// <summary>Upper bounds of the buckets in the histogram's unit; seconds for durations of tasks and of messages.</summary>
    private static readonly double[] Bounds = [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 1800];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> _series = new();

    /// <param name="meters">Names of the meters shown.</param>
    public PrometheusText(params IReadOnlyCollection<string> meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters.Contains(instrument.Meter.Name)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        foreach (var gone in _series.Where(s => s.Key.Instrument.IsObservable).ToArray()) _series.TryRemove(gone);
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in _series.GroupBy(s => NameOf(s.Key.Instrument)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var instrument = group.First().Key.Instrument;
            if (instrument.Description is { Length: > 0 } help) text.Append(CultureInfo.InvariantCulture, $"# HELP {group.Key} {help.Replace('\n', ' ')}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {group.Key} {TypeOf(instrument)}\n");
            foreach (var (key, series) in group.OrderBy(s => s.Key.Labels, StringComparer.Ordinal)) series.Write(text, group.Key, key.Labels);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _series.GetOrAdd((instrument, Labels(tags)), key => new Series(TypeOf(key.Instrument))).Note(value);

    private static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        var unit = instrument.Unit == "s" ? "_seconds" : "";
        return name + unit + (TypeOf(instrument) == "counter" ? "_total" : "");
    }

    private static string TypeOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var parts = new List<string>(tags.Length);
        foreach (var (name, value) in tags) parts.Add($"{name.Replace('.', '_')}=\"{Escape(value)}\"");
        parts.Sort(StringComparer.Ordinal);
        return string.Join(',', parts);
    }

    private static string Escape(object? value) => (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class Series(string type)
    {
        private readonly Lock _gate = new();
        private readonly long[] _buckets = new long[Bounds.Length];
        private double _value;
        private long _count;

        public void Note(double value)
        {
            lock (_gate)
            {
                _value = type == "gauge" ? value : _value + value;
                _count++;
                for (var i = 0; i < Bounds.Length; i++)
                {
                    if (value <= Bounds[i]) _buckets[i]++;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (_gate)
            {
                if (type == "histogram") WriteHistogram(text, name, labels);
                else text.Append(CultureInfo.InvariantCulture, $"{name}{Braces(labels)} {_value}\n");
            }
        }

        private void WriteHistogram(StringBuilder text, string name, string labels)
        {
            var prefix = labels.Length == 0 ? "" : labels + ",";
            for (var i = 0; i < Bounds.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{prefix}le=\"{Bounds[i]}\"}} {_buckets[i]}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{prefix}le=\"+Inf\"}} {_count}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braces(labels)} {_value}\n{name}_count{Braces(labels)} {_count}\n");
        }

        private static string Braces(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";
    }
}
