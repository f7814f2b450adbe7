using Depth3D.Cluster.Workers;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class DeviceCanaryTests
{
    /// <summary>The answer is computed in whole numbers, so a device that is well agrees with it in every entry.</summary>
    [Fact]
    public void A_device_that_is_well_gives_the_known_answer() => Assert.Equal(0, DeviceCanary.Wrong("cpu"));
}
