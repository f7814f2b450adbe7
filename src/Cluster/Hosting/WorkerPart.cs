using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Observability;
using Depth3D.Cluster.Workers;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Hosting;

/// <summary>A worker as the part of a process: it drains when the process stops, and answers health questions where it is told to listen.</summary>
public sealed class WorkerPart : IAsyncDisposable, IProcessHealth
{
    private readonly WorkerHost _host;
    private readonly TimeSpan _grace;
    private HealthServer? _health;

    private WorkerPart(WorkerHost host, TimeSpan grace) => (_host, _grace) = (host, grace);

    public string? WhyNotAlive => null;

    public string? WhyNotReady => _host.IsBusConnected ? null : "the broker does not answer";

    /// <param name="options">Who it is.</param>
    /// <param name="stages">The stages whose code this process has.</param>
    /// <param name="listens">False beside a seed, which listens itself.</param>
    /// <param name="logs">Where it speaks.</param>
    /// <param name="cancellation">Gives up starting.</param>
    public static async Task<ProcessPart> StartAsync(
        ClusterOptions options, StageBook stages, bool listens, ILoggerFactory logs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var transport = new RabbitMqTransport(options.Broker, options.Node.Value);
        var host = await WorkerHost.StartAsync(new WorkerSetup { Options = options, Stages = stages, Transport = transport, Logs = logs }, cancellation)
            .ConfigureAwait(false);
        var part = new WorkerPart(host, options.Drain);
        try
        {
            if (listens && options.Http.Length > 0) part._health = await HealthServer.StartAsync(options.Http, part, cancellation).ConfigureAwait(false);
            return new ProcessPart(part, host.Ended);
        }
        catch
        {
            await part.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Finishes what it runs within the grace, gives back the rest, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(_grace);
        try
        {
            await _host.DrainAsync(grace.Token).ConfigureAwait(false);
        }
        finally
        {
            await _host.DisposeAsync().ConfigureAwait(false);
            if (_health is not null) await _health.DisposeAsync().ConfigureAwait(false);
        }
    }
}
