using Depth3D.Reconstruction.Flow;

namespace Depth3D.Reconstruction.Tests.Flow;

public class GapPlanTests
{
    [Fact]
    public void The_default_gaps_start_from_each_other()
    {
        var plan = GapPlan.For([1, 2, 4, 6, 8]);
        Assert.Equal([1, 2, 4, 6, 8], plan.Gaps);
        Assert.Null(plan.Parts(1));
        Assert.Equal((1, 1), plan.Parts(2));
        Assert.Equal((2, 2), plan.Parts(4));
        Assert.Equal((4, 2), plan.Parts(6));
        Assert.Equal((4, 4), plan.Parts(8));
    }

    [Theory]
    [InlineData(new[] { 5 })]
    [InlineData(new[] { 3, 7 })]
    [InlineData(new[] { 1, 12 })]
    [InlineData(new[] { 64 })]
    public void Every_gap_has_parts_that_add_up_and_are_planned(int[] wanted)
    {
        var plan = GapPlan.For(wanted);
        Assert.All(wanted, gap => Assert.Contains(gap, plan.Gaps));
        foreach (var gap in plan.Gaps.Where(g => g > 1))
        {
            var (first, second) = plan.Parts(gap)!.Value;
            Assert.Equal(gap, first + second);
            Assert.Contains(first, plan.Gaps);
            Assert.Contains(second, plan.Gaps);
        }
    }

    [Fact]
    public void Gaps_below_one_are_refused() => Assert.Throws<ArgumentException>(() => GapPlan.For([0, 1]));
}
