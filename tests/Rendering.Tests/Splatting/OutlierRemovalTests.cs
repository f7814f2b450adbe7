using Depth3D.Rendering.Splatting;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.Splatting;

public sealed class OutlierRemovalTests
{
    [Fact]
    public void Mean_distances_are_those_of_a_search_through_all_points()
    {
        var random = new Random(3);
        var cloud = Points([.. Enumerable.Range(0, 900).Select(i => (random.NextSingle(), random.NextSingle() * (i % 3), random.NextSingle() * 0.1f))]);
        var means = new NeighbourTree(cloud).MeanDistances(12);
        for (var i = 0; i < cloud.Count; i++)
        {
            var expected = Enumerable.Range(0, cloud.Count)
                .Select(j => Math.Sqrt(Square(cloud.X[i] - cloud.X[j]) + Square(cloud.Y[i] - cloud.Y[j]) + Square(cloud.Z[i] - cloud.Z[j])))
                .Order().Take(12).Average();
            Assert.Equal(expected, means[i], 1e-5);
        }
    }

    [Fact]
    public void The_published_rule_keeps_what_is_below_mean_plus_a_share_of_the_deviation()
    {
        // Two neighbours with the point itself: half the distance to the nearest point.
        var cloud = Points([(0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0), (13, 0, 0)]);
        var keep = OutlierRemoval.Keep(cloud, new() { Neighbours = 2, RelativeToPixel = false });
        Assert.Equal([true, true, true, true, false], keep);
    }

    [Fact]
    public void Points_thrown_into_the_air_go_and_the_surfaces_stay()
    {
        var scene = TruthScene.Courtyard(1);
        var frame = TruthRenderer.Render(scene, 0, 192, 112);
        var thrown = new HashSet<int>();
        var random = new Random(7);
        while (thrown.Count < 150) thrown.Add(random.Next(frame.Depth.PixelCount));
        foreach (var i in thrown) frame.Depth.Samples[i] *= 0.35f + (0.25f * random.NextSingle());
        var cloud = CloudFromDepth.Make(frame.Rgb, frame.Depth, scene.Intrinsics(192, 112), scene.CamFromWorld(0));
        var keep = OutlierRemoval.Keep(cloud);

        Assert.True(thrown.Count(i => !keep[i]) > 140, $"{thrown.Count(i => !keep[i])} of 150 thrown points go");
        var lost = Enumerable.Range(0, keep.Length).Count(i => !keep[i] && !thrown.Contains(i));
        Assert.True(lost < 0.02 * keep.Length, $"{lost} of {keep.Length} surface points go");
    }

    [Fact]
    public void The_order_of_points_does_not_matter()
    {
        var scene = TruthScene.Courtyard(1);
        var frame = TruthRenderer.Render(scene, 0, 96, 56);
        var cloud = CloudFromDepth.Make(frame.Rgb, frame.Depth, scene.Intrinsics(96, 56), scene.CamFromWorld(0));
        var shuffled = SplatRendererTests.Shuffled(cloud, 11);
        var options = new OutlierOptions { AlwaysKeepPixels = 0 };
        Assert.Equal(Kept(cloud, OutlierRemoval.Keep(cloud, options)), Kept(shuffled, OutlierRemoval.Keep(shuffled, options)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Clouds_too_small_to_judge_come_out_empty(int count) =>
        Assert.All(OutlierRemoval.Keep(Points([.. Enumerable.Repeat((0f, 0f, 0f), count)])), Assert.False);

    [Fact]
    public void Equal_points_do_not_unbalance_the_tree()
    {
        var cloud = Points([.. Enumerable.Repeat((1f, 2f, 3f), 5000)]);
        Assert.All(new NeighbourTree(cloud).MeanDistances(30), m => Assert.Equal(0, m));
    }

    private static (float, float, float)[] Kept(PointCloud cloud, bool[] keep)
    {
        var kept = cloud.Where(keep);
        return [.. Enumerable.Range(0, kept.Count).Select(i => (kept.X[i], kept.Y[i], kept.Z[i])).Order()];
    }

    private static PointCloud Points((float X, float Y, float Z)[] points) => new(
        [.. points.Select(p => p.X)], [.. points.Select(p => p.Y)], [.. points.Select(p => p.Z)],
        [.. points.Select(_ => 1f)], new uint[points.Length]);

    private static double Square(float value) => (double)value * value;
}
