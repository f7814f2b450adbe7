using System.Security.Cryptography;
using Depth3D.Messages;
using Depth3D.Viewer.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Depth3D.Viewer;

/// <summary>
/// Serves one run to a browser on this machine: the point cloud's page and packed frames, the loop's page and package, the gallery. Guarantees: it listens on loopback only; nothing answers
/// without the random token in its address or under another host's name; it reads nothing but the clip and, under the folders of the run and of the loop, regular files
/// that no link leads to; it writes nothing.
/// </summary>
public sealed class ViewerServer : IAsyncDisposable
{
    private const int TokenBytes = 16;

    private readonly WebApplication _app;
    private readonly ClipEndpoints? _clip;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    private Task _warmUp = Task.CompletedTask;

    private ViewerServer(ViewerSetup setup)
    {
        _app = Build(setup.Port);
        _app.Use(new Guard(_token).InvokeAsync);
        _app.UseRouting();
        _app.MapGet("/favicon.ico", () => Results.NoContent());
        var (hasCloud, hasLoop, hasRun) = (setup.Clip is not null, setup.LoopFolder is not null, setup.RunFolder is not null);
        if (setup.Clip is { } clip)
        {
            _clip = new ClipEndpoints(clip, setup.MostPoints);
            PageFiles.Map(_app, hasRun, hasLoop);
            _clip.Map(_app);
        }

        if (hasLoop) new LoopEndpoints(setup.LoopFolder!, hasCloud, hasRun).Map(_app);
        if (hasRun) new RunEndpoints(setup.RunFolder!, setup.Name, hasCloud, hasLoop).Map(_app);
    }

    /// <summary>Where the page is; holds the token.</summary>
    public string Address => $"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/{_token}/";

    /// <exception cref="Depth3DException">The port is taken.</exception>
    public static async Task<ViewerServer> StartAsync(ViewerSetup setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var server = new ViewerServer(setup);
        try
        {
            await server._app.StartAsync(cancellation).ConfigureAwait(false);
            server._warmUp = server._clip?.WarmUpAsync() ?? Task.CompletedTask;
            return server;
        }
        catch (IOException e)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw new Depth3DException($"the viewer cannot listen: {e.Message}", $"port {setup.Port}", "give another --port, or none", FailureKind.Usage, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        await _warmUp.ConfigureAwait(false);
        _clip?.Dispose();
    }

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.MaxConcurrentConnections = 64;
        });
        builder.Services.AddRoutingCore();
        return builder.Build();
    }
}
