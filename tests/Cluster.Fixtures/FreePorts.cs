using System.Net;
using System.Net.Sockets;

namespace Depth3D.Cluster.Fixtures;

/// <summary>Ports that nobody listens on at this moment.</summary>
public static class FreePorts
{
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        Array.ForEach(listeners, l => l.Start());
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        Array.ForEach(listeners, l => l.Dispose());
        return ports;
    }
}
