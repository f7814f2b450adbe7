using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests.Scheduling;

public sealed class FailureWatchTests
{
    private static readonly NodeId Node = new("n1");

    [Fact]
    public void Three_clips_failing_one_after_the_other_are_the_nodes_fault()
    {
        var watch = new FailureWatch(3);
        Assert.Null(Fail(watch, "a"));
        Assert.Null(Fail(watch, "b"));
        Assert.Null(Fail(watch, "b"));
        Assert.Contains("tasks of 3 clips failed", Fail(watch, "c"), StringComparison.Ordinal);
        Assert.Null(Fail(watch, "d"));
    }

    [Fact]
    public void A_success_between_them_clears_the_node()
    {
        var watch = new FailureWatch(3);
        Fail(watch, "a");
        Fail(watch, "b");
        watch.Succeeded(Node);
        Assert.Null(Fail(watch, "c"));
    }

    [Theory]
    [InlineData(FailureKind.BadInput)]
    [InlineData(FailureKind.Usage)]
    [InlineData(FailureKind.OutOfMemory)]
    [InlineData(FailureKind.Defect)]
    public void What_the_clip_or_the_program_is_to_blame_for_does_not_count(FailureKind kind)
    {
        var watch = new FailureWatch(1);
        Assert.Null(Fail(watch, "a", kind));
        Assert.NotNull(Fail(watch, "a"));
    }

    [Fact]
    public void Zero_is_never() => Assert.Null(Fail(new FailureWatch(0), "a"));

    private static string? Fail(FailureWatch watch, string clip, FailureKind kind = FailureKind.Transient) => watch.Failed(Node, new ClipId(clip), kind, "it broke");
}
