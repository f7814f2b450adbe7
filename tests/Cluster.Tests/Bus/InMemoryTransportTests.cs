using Depth3D.Cluster.Bus;

namespace Depth3D.Cluster.Tests.Bus;

public sealed class InMemoryTransportTests : TransportContract
{
    protected override Task<IClusterTransport> TransportAsync() => Task.FromResult<IClusterTransport>(new InMemoryTransport());
}
