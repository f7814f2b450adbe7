using System.Diagnostics.Metrics;
using System.Text.Json;
using Depth3D.Cluster.Observability;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Depth3D.Seed.Http;

/// <summary>
/// Server-sent events: each row is one <c>data:</c> line of JSON. A comment every ten seconds shows that the seed lives; a follower that
/// stops reading is not waited for, because the news drops the oldest.
/// </summary>
internal sealed class Streams : IDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places;
    private readonly ApiLimits _limits;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();

    public Streams(ApiLimits limits, TimeProvider time, Meter meter)
    {
        (_limits, _time, _places) = (limits, time, new SemaphoreSlim(limits.Followers));
        meter.CreateObservableGauge(MetricNames.Followers, () => limits.Followers - _places.CurrentCount, description: "Open event streams.");
    }

    /// <summary>Ends every stream, so that the seed can stop.</summary>
    public void End() => _stop.Cancel();

    public async Task SendAsync(HttpContext context, Func<CancellationToken, Task<IAsyncEnumerable<object>>> rows)
    {
        if (!_places.Wait(0))
        {
            await Answers.Problem(StatusCodes.Status503ServiceUnavailable, ExitCode.Refused, $"{_limits.Followers} followers are connected already", null,
                "close another one").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
            var source = await rows(ending.Token).ConfigureAwait(false);
            await WriteAsync(context, source, ending.Token).ConfigureAwait(false);
        }
        catch (Depth3DException e) when (!context.Response.HasStarted)
        {
            await Answers.Of(e).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The follower left, or the seed stops.
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _places.Dispose();
    }

    private async Task WriteAsync(HttpContext context, IAsyncEnumerable<object> rows, CancellationToken cancellation)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        using var gate = new SemaphoreSlim(1);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await WriteAsync(context, gate, ": hello\n\n", cancellation).ConfigureAwait(false);
        var beating = BeatAsync(context, gate, ended.Token);
        try
        {
            await foreach (var row in rows.WithCancellation(cancellation).ConfigureAwait(false))
                await WriteAsync(context, gate, $"data: {JsonSerializer.Serialize(row, row.GetType(), OperationJson.Options)}\n\n", cancellation).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await beating.ConfigureAwait(false);
        }
    }

    private async Task BeatAsync(HttpContext context, SemaphoreSlim gate, CancellationToken cancellation)
    {
        try
        {
            using var timer = new PeriodicTimer(Heartbeat, _time);
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
                await WriteAsync(context, gate, ": alive\n\n", cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The stream ended; whoever writes rows meets the same.
        }
    }

    private static async Task WriteAsync(HttpContext context, SemaphoreSlim gate, string text, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await context.Response.WriteAsync(text, cancellation).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }
}
