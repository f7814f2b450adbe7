using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Depth3D.Bench.Messaging;

/// <summary>A link to the broker that can be cut: bytes stop in both directions and nobody is told, as when a cable is pulled.</summary>
internal sealed class CutLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _isCut;

    public CutLink(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _isCut = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        foreach (var client in _clients) client.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_stop.Token);
                var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                _clients.Add(near);
                _clients.Add(far);
                _ = CopyAsync(near, far);
                _ = CopyAsync(far, near);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The link is gone.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var read)
                if (!_isCut) await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            if (!_isCut) to.Close();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            if (!_isCut) to.Close();
        }
    }
}
