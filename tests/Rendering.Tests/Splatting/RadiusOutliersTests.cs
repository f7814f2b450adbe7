using Depth3D.Rendering.Splatting;

namespace Depth3D.Rendering.Tests.Splatting;

public sealed class RadiusOutliersTests
{
    /// <summary>A 20 x 20 grid of points one unit apart, and one point alone; diameter 1.</summary>
    private static PointCloud Grid()
    {
        var points = Enumerable.Range(0, 400).Select(i => ((float)(i % 20), (float)(i / 20), 0f)).Append((10f, 10f, 30f)).ToArray();
        return new([.. points.Select(p => p.Item1)], [.. points.Select(p => p.Item2)], [.. points.Select(p => p.Item3)],
            [.. points.Select(_ => 1f)], [.. points.Select(_ => 0u)]);
    }

    [Fact]
    public void A_point_stays_with_enough_others_inside_the_radius()
    {
        // In a radius of 1.1 a corner has 2 others, a border 3, the inside 4.
        var keep = RadiusOutliers.Keep(Grid(), 1.1, 4);
        Assert.Equal(18 * 18, keep.Count(k => k));
        Assert.Equal(400 - 4, RadiusOutliers.Keep(Grid(), 1.1, 3).Count(k => k));
        Assert.Equal(400, RadiusOutliers.Keep(Grid(), 1.1, 2).Count(k => k));
    }

    [Fact]
    public void Few_points_and_none_are_no_cloud()
    {
        Assert.Empty(RadiusOutliers.Keep(new([], [], [], [], []), 1, 1));
        Assert.Equal([false], RadiusOutliers.Keep(new([0], [0], [0], [1], [0]), 1, 1));
    }
}
