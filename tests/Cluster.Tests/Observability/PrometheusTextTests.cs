using System.Diagnostics.Metrics;
using Depth3D.Cluster.Observability;

namespace Depth3D.Cluster.Tests.Observability;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new($"test-{Guid.NewGuid():n}");
    private readonly PrometheusText _text;

    public PrometheusTextTests() => _text = new PrometheusText(_meter.Name);

    [Fact]
    public void A_counter_adds_up_per_label_and_ends_in_total()
    {
        var counter = _meter.CreateCounter<long>("depth3d.things", description: "Things.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(1, new KeyValuePair<string, object?>("kind", "say \"b\"\nand \\"));
        Assert.Equal("# HELP depth3d_things_total Things.\n# TYPE depth3d_things_total counter\ndepth3d_things_total{kind=\"a\"} 5\n"
            + "depth3d_things_total{kind=\"say \\\"b\\\"\\nand \\\\\"} 1\n", _text.Write());
    }

    [Fact]
    public void A_histogram_has_buckets_that_hold_all_below()
    {
        var seconds = _meter.CreateHistogram<double>("depth3d.time", "s");
        foreach (var value in (double[])[0.001, 0.2, 0.5, 10_000]) seconds.Record(value);
        var lines = _text.Write().Split('\n');
        Assert.Contains("depth3d_time_seconds_bucket{le=\"0.005\"} 1", lines);
        Assert.Contains("depth3d_time_seconds_bucket{le=\"0.5\"} 3", lines);
        Assert.Contains("depth3d_time_seconds_bucket{le=\"1800\"} 3", lines);
        Assert.Contains("depth3d_time_seconds_bucket{le=\"+Inf\"} 4", lines);
        Assert.Contains("depth3d_time_seconds_sum 10000.701", lines);
        Assert.Contains("depth3d_time_seconds_count 4", lines);
    }

    [Fact]
    public void A_gauge_says_what_is_now_and_forgets_what_is_gone()
    {
        var nodes = new Dictionary<string, int> { ["up"] = 2, ["down"] = 1 };
        _meter.CreateObservableGauge("depth3d.nodes", () => nodes.Select(n => new Measurement<int>(n.Value, new KeyValuePair<string, object?>("state", n.Key))));
        Assert.Contains("depth3d_nodes{state=\"down\"} 1\n", _text.Write(), StringComparison.Ordinal);
        nodes.Remove("down");
        nodes["up"] = 3;
        var text = _text.Write();
        Assert.Contains("depth3d_nodes{state=\"up\"} 3\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("down", text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _text.Dispose();
        _meter.Dispose();
    }
}
