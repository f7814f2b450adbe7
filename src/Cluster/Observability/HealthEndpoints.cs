using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Depth3D.Cluster.Observability;

/// <summary><c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>: open to everyone who reaches the port, and without a name of any clip.</summary>
public static class HealthEndpoints
{
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";
    public const string Metrics = "/metrics";

    public static void MapHealth(this IEndpointRouteBuilder app, IProcessHealth health, PrometheusText metrics)
    {
        ArgumentNullException.ThrowIfNull(health);
        ArgumentNullException.ThrowIfNull(metrics);
        app.MapGet(Live, () => Answer(health.WhyNotAlive));
        app.MapGet(Ready, () => Answer(health.WhyNotReady));
        app.MapGet(Metrics, () => Results.Text(metrics.Write(), "text/plain; version=0.0.4"));
    }

    private static IResult Answer(string? why) => Results.Text((why ?? "ok") + "\n", "text/plain", statusCode: why is null ? 200 : 503);
}
