using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Coordination;

/// <summary>Sends hints in the background, several at once, so that a slow or lost connection holds nobody up. What fails is sent again later.</summary>
internal sealed partial class HintSender : IAsyncDisposable
{
    private const int AtOnce = 16;

    private readonly Channel<Func<CancellationToken, Task>> _hints = Channel.CreateUnbounded<Func<CancellationToken, Task>>();
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _log;
    private readonly Task _sending;

    public HintSender(ILogger log)
    {
        _log = log;
        _sending = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(SendAsync)));
    }

    public void Post(Func<CancellationToken, Task> send) => _hints.Writer.TryWrite(send);

    public async ValueTask DisposeAsync()
    {
        _hints.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var send in _hints.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false)) await TryAsync(send).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody drives any more.
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> send)
    {
        try
        {
            await send(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_stop.IsCancellationRequested) LogNotSent(_log, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "a hint was not sent, it will be sent again: {Reason}")]
    private static partial void LogNotSent(ILogger logger, string reason);
}
