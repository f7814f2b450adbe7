using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Depth3D.Cluster.Observability;

/// <summary>Sends traces and metrics of this process to an OTLP endpoint, over HTTP, until it is disposed. Nothing is sent without one.</summary>
public sealed class Telemetry : IDisposable
{
    private const string Bus = "MassTransit";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private Telemetry(TracerProvider traces, MeterProvider metrics) => (_traces, _metrics) = (traces, metrics);

    /// <param name="endpoint">Such as <c>http://127.0.0.1:4318</c>; null for none.</param>
    /// <param name="service">Name under which this process shows: <c>depth3d-seed</c>.</param>
    /// <param name="instance">The node or seed.</param>
    public static Telemetry? Start(string? endpoint, string service, string instance)
    {
        if (string.IsNullOrEmpty(endpoint)) return null;
        var root = endpoint.TrimEnd('/');
        var resource = ResourceBuilder.CreateEmpty().AddService(service, serviceInstanceId: instance);
        var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Bus).AddSource(MetricNames.Meter)
            .AddOtlpExporter(o => (o.Protocol, o.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(root + "/v1/traces"))).Build();
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Bus).AddMeter(MetricNames.Meter)
            .AddOtlpExporter(o => (o.Protocol, o.Endpoint) = (OtlpExportProtocol.HttpProtobuf, new Uri(root + "/v1/metrics"))).Build();
        return new Telemetry(traces, metrics);
    }

    /// <summary>Sends what was gathered so far.</summary>
    public void Flush(TimeSpan patience)
    {
        _traces.ForceFlush((int)patience.TotalMilliseconds);
        _metrics.ForceFlush((int)patience.TotalMilliseconds);
    }

    /// <summary>Sends what is left, for at most five seconds, and stops.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
