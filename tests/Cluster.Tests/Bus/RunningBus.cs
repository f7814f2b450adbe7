using Depth3D.Cluster.Bus;
using MassTransit;

namespace Depth3D.Cluster.Tests.Bus;

/// <summary>A started bus that stops with the test.</summary>
internal sealed class RunningBus : IAsyncDisposable
{
    private RunningBus(IBusControl control) => Control = control;

    public IBusControl Control { get; }

    public static async Task<RunningBus> StartAsync(IClusterTransport transport, Action<IBusFactoryConfigurator> configure)
    {
        var control = transport.CreateBus(configure);
        await control.StartAsync().Within("the start of the bus");
        return new RunningBus(control);
    }

    /// <summary>Consumes a queue until disposed.</summary>
    public async Task<IAsyncDisposable> ConnectAsync(string queue, Action<IReceiveEndpointConfigurator> configure)
    {
        var handle = Control.ConnectReceiveEndpoint(queue, configure);
        await handle.Ready.Within($"consuming {queue}");
        return new Consumer(handle);
    }

    public async ValueTask DisposeAsync() => await Control.StopAsync().Within("the stop of the bus");

    private sealed class Consumer(HostReceiveEndpointHandle handle) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await handle.StopAsync().Within("the end of consuming");
    }
}
