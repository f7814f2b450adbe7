using Depth3D.Cluster.Bus;
using Depth3D.Cluster.Fixtures;

namespace Depth3D.Cluster.Tests.Bus;

public sealed class RabbitMqTransportTests : TransportContract
{
    protected override async Task<IClusterTransport> TransportAsync() =>
        new RabbitMqTransport((await PrivateBroker.SharedAsync()).NewSpace(), "test");
}
