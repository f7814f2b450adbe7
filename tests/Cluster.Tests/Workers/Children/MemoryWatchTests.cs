using Depth3D.Cluster.Workers.Children;

namespace Depth3D.Cluster.Tests.Workers.Children;

public sealed class MemoryWatchTests
{
    private const long Bound = 100;

    [Fact]
    public void Nobody_is_ended_while_all_together_stay_within_the_bound() =>
        Assert.Null(MemoryWatch.Victim(Bound, [(60, 0), (40, null)]));

    [Fact]
    public void An_idle_child_goes_before_any_that_works() =>
        Assert.Equal(1, MemoryWatch.Victim(Bound, [(90, 0), (20, null), (10, null)]));

    [Fact]
    public void The_one_furthest_above_its_request_goes_not_the_largest() =>
        Assert.Equal(1, MemoryWatch.Victim(Bound, [(70, 64), (40, 8), (10, 0)]));
}
