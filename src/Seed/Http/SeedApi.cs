using System.Diagnostics.Metrics;
using Depth3D.Cluster.Observability;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;
using Depth3D.Seed.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Depth3D.Seed.Http;

/// <summary>
/// A seed's HTTP side: health, metrics, the operators' commands, live events, files, uploads and the dashboard. Every seed serves it;
/// what only the active one knows is asked of that one. Guarantee: under <c>/api</c> nothing answers without a token, and nothing
/// changes but through a command of the table.
/// </summary>
public sealed class SeedApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly PrometheusText _metrics = new(MetricNames.Meter, "MassTransit");
    private readonly Meter _meter = new(MetricNames.Meter);
    private readonly Gate _gate;
    private readonly Streams _streams;

    private SeedApi(SeedApiSetup setup)
    {
        var tokens = new TokenSource(setup.TokenFile, setup.Time, setup.Logs.CreateLogger<TokenSource>());
        _gate = new Gate(tokens, setup.Limits, _meter);
        _streams = new Streams(setup.Limits, setup.Time, _meter);
        _app = Build(setup);
        Map(setup);
    }

    /// <summary>Where it listens; differs from what was asked for when that named port 0.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <exception cref="Depth3DException">The token file cannot be used, or the address is taken.</exception>
    public static async Task<SeedApi> StartAsync(SeedApiSetup setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var api = new SeedApi(setup);
        try
        {
            await api._app.StartAsync(cancellation).ConfigureAwait(false);
            return api;
        }
        catch (IOException e)
        {
            await api.DisposeAsync().ConfigureAwait(false);
            throw new Depth3DException($"the seed cannot listen: {e.Message}", setup.Url, "choose another address with --http", FailureKind.Usage, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _streams.End();
        await _app.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
        _streams.Dispose();
        _metrics.Dispose();
        _meter.Dispose();
    }

    private static WebApplication Build(SeedApiSetup setup)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(setup.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = setup.Limits.CommandBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(setup.Logs);
        return builder.Build();
    }

    private void Map(SeedApiSetup setup)
    {
        var desk = new SeedDesk(setup.Files.Seed, setup.Files);
        _app.Use(GuardAsync);
        _app.Use(_gate.InvokeAsync);
        _app.UseRouting();
        _app.MapHealth(new SeedProcessHealth(setup.Files.Seed), _metrics);
        _app.MapDashboard();
        new CommandEndpoints(desk, _gate, _streams, new CommandCounter(_meter)).Map(_app);
        new PoolEndpoint(desk).Map(_app);
        new InputEndpoints(new InputStore(setup.Files.Store), setup.Limits, _gate).Map(_app);
        new FileEndpoints(setup.Files).Map(_app);
        _app.MapGet("/api/v1/events", context => FollowAsync(context, desk));
        _app.MapGet("/api/v1/whoami", context => Results.Json(new
        {
            name = Gate.CallerOf(context).Name,
            right = Gate.CallerOf(context).Right,
            seed = setup.Files.Seed.Seed.Value,
            active = setup.Files.Seed.Health.IsActive,
        }, OperationJson.Options).ExecuteAsync(context));
        _app.MapFallback(context => Answers.NotFound("there is nothing at this address").ExecuteAsync(context));
    }

    private Task FollowAsync(HttpContext context, SeedDesk desk)
    {
        var request = Events(context);
        return _streams.SendAsync(context, cancellation => desk.FollowAsync(request, cancellation));
    }

    private static OperatorProtocol.Request Events(HttpContext context)
    {
        var caller = Gate.CallerOf(context);
        return new("cluster tail", context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal), caller.Name, "", caller.Right);
    }

    /// <summary>Whatever goes wrong, the answer is words and the seed goes on.</summary>
    private static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Answers.Problem(e.StatusCode, ExitCode.Usage, e.Message, null, null).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has left.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await Answers.Problem(StatusCodes.Status500InternalServerError, ExitCode.Failed, $"unexpected {e.GetType().Name}: {e.Message}", context.Request.Path, "this is a defect; please report it")
                .ExecuteAsync(context).ConfigureAwait(false);
        }
    }
}
