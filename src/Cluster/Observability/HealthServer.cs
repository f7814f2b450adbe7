using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Observability;

/// <summary>Health and metrics of a node that is no seed, on a port of its own.</summary>
public sealed class HealthServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PrometheusText _metrics;

    private HealthServer(WebApplication app, PrometheusText metrics) => (_app, _metrics) = (app, metrics);

    /// <summary>Where it listens; differs from what was asked for when that named port 0.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="url">Such as <c>http://127.0.0.1:7071</c>.</param>
    public static async Task<HealthServer> StartAsync(string url, IProcessHealth health, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var metrics = new PrometheusText(MetricNames.Meter, "MassTransit");
        app.UseRouting();
        app.MapHealth(health, metrics);
        await app.StartAsync(cancellation).ConfigureAwait(false);
        return new HealthServer(app, metrics);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }
}
