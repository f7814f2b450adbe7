using Depth3D.Reconstruction.Geometry;
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
    [InlineData("courtyard", 0)]
    [InlineData("courtyard", 0.02)]
    [InlineData("near-static", 0.3)]
    public void Windows_of_the_frame_find_the_distances_of_the_tree(string name, double noisy)
    {
        var cloud = FromFrame(name, noisy);
        foreach (var neighbours in new[] { 2, 30, 32 })
            Assert.Equal(new NeighbourTree(cloud).MeanDistances(neighbours), GridNeighbours.For(cloud, neighbours)!.MeanDistances());
        Assert.Null(GridNeighbours.For(cloud, 33));
        Assert.Null(GridNeighbours.For(SplatRendererTests.Shuffled(cloud, 1), 30));
        var bounds = GridNeighbours.For(cloud, 30)!.Relative(4);
        var means = new NeighbourTree(cloud).MeanDistances(30);
        Assert.All(Enumerable.Range(0, means.Length), i => Assert.True(bounds[i] * cloud.Diameters[i] >= 0.9999f * means[i], $"{bounds[i] * cloud.Diameters[i]} for {means[i]}"));
    }

    [Theory]
    [InlineData(0, 4, true)]
    [InlineData(0.02, 4, true)]
    [InlineData(0.02, 0, true)]
    [InlineData(0.005, 4, false)]
    public void Points_that_know_their_frame_stay_or_go_as_without_it(double noisy, double always, bool relative)
    {
        var cloud = FromFrame("courtyard", noisy);
        var options = new OutlierOptions { AlwaysKeepPixels = always, RelativeToPixel = relative };
        Assert.NotNull(cloud.Grid);
        Assert.Equal(OutlierRemoval.Keep(new(cloud.X, cloud.Y, cloud.Z, cloud.Diameters, cloud.Colours), options), OutlierRemoval.Keep(cloud, options));
    }

    [Fact]
    public void Points_too_far_from_the_origin_for_single_precision_are_left_to_the_tree()
    {
        var scene = TruthScene.Courtyard(1);
        var frame = TruthRenderer.Render(scene, 0, 48, 28);
        var away = scene.CamFromWorld(0) * new RigidTransform(Mat3.Identity, new(1e6, 0, 0));
        var cloud = CloudFromDepth.Make(frame.Rgb, frame.Depth, scene.Intrinsics(48, 28), away);
        Assert.Null(GridNeighbours.For(cloud, 30));
        Assert.Equal(cloud.Count, OutlierRemoval.Keep(cloud).Length);
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

    /// <summary>With holes, and a share of the points moved along their rays.</summary>
    private static PointCloud FromFrame(string name, double noisy)
    {
        var scene = TruthScene.Named(name, 9);
        var frame = TruthRenderer.Render(scene, 4, 144, 82);
        var random = new Random(5);
        var keep = new bool[frame.Depth.PixelCount];
        for (var i = 0; i < keep.Length; i++)
        {
            keep[i] = i % 144 > 3 && random.NextDouble() > noisy / 2;
            if (random.NextDouble() < noisy) frame.Depth.Samples[i] *= 0.3f + random.NextSingle();
        }

        return CloudFromDepth.Make(frame.Rgb, frame.Depth, scene.Intrinsics(144, 82), scene.CamFromWorld(4), keep);
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
