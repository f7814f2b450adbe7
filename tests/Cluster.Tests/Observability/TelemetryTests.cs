using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Depth3D.Cluster.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Depth3D.Cluster.Tests.Observability;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_and_metrics_arrive_at_the_collector_under_the_names_of_service_and_node()
    {
        var got = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectorAsync(got);
        using (var telemetry = Telemetry.Start(Address(collector), "depth3d-test", "node-7"))
        {
            Assert.NotNull(telemetry);
            using var source = new ActivitySource(MetricNames.Meter);
            using (source.StartActivity("a-step")) { }
            using var meter = new Meter(MetricNames.Meter);
            meter.CreateCounter<long>("depth3d.test.things").Add(1);
            telemetry.Flush(TimeSpan.FromSeconds(20));
        }

        Assert.Contains("a-step", got["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("depth3d.test.things", got["/v1/metrics"], StringComparison.Ordinal);
        Assert.All(got.Values, body => Assert.Contains("node-7", body, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_endpoint_nothing_is_sent() => Assert.Null(Telemetry.Start(null, "depth3d-test", "node-7"));

    private static async Task<WebApplication> CollectorAsync(ConcurrentDictionary<string, string> got)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            got[context.Request.Path] = Encoding.Latin1.GetString(body.ToArray());
        });
        await app.StartAsync();
        return app;
    }

    private static string Address(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
