using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Splatting;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.Splatting;

public sealed class SplatRendererTests
{
    private const int Width = 160, Height = 96;

    [Fact]
    public void From_its_own_camera_the_cloud_is_the_picture()
    {
        var (cloud, frame, scene) = Courtyard(2);
        var view = SplatRenderer.Render(cloud, scene.Intrinsics(Width, Height), scene.CamFromWorld(2), new() { SizeFactor = 1, MaxSizePixels = 1 });
        var same = 0;
        for (var i = 0; i < frame.Rgb.Samples.Length; i++)
            if (view.Samples[i] == frame.Rgb.Samples[i]) same++;
        Assert.True(same > 0.995 * view.Samples.Length, $"{same} of {view.Samples.Length}");
    }

    [Fact]
    public void Order_threads_and_vectors_do_not_change_the_picture()
    {
        var (cloud, _, scene) = Courtyard(3, 256, 160);
        var view = new RigidTransform(Mat3.FromRotationVector(new(0.02, 0.1, 0)), new(0.1, 0, -0.3)) * scene.CamFromWorld(3);
        var intrinsics = scene.Intrinsics(200, 120);
        var expected = SplatRenderer.Render(cloud, intrinsics, view, new() { Threads = 1 }).Samples;

        Assert.Equal(expected, SplatRenderer.Render(cloud, intrinsics, view, new() { Threads = 2 }).Samples);
        Assert.Equal(expected, SplatRenderer.Render(cloud, intrinsics, view, new() { Threads = 1, Vectorised = false }).Samples);
        Assert.Equal(expected, SplatRenderer.Render(Shuffled(cloud, 5), intrinsics, view, new() { Threads = 2 }).Samples);
    }

    [Fact]
    public void The_nearer_point_wins_and_equal_depths_are_settled_by_colour()
    {
        var camera = Intrinsics.Centered(50, 50, 21, 21);
        var options = new SplatOptions { SizeFactor = 1 };
        var cloud = new PointCloud([0, 0, 0], [0, 0, 0], [2, 1, 1], [0.1f, 0.1f, 0.1f], [0xFF0000, 0x00FF00, 0x0000FF]);
        var picture = SplatRenderer.Render(cloud, camera, RigidTransform.Identity, options);
        Assert.Equal((0, 0, 255), (picture[10, 10, 0], picture[10, 10, 1], picture[10, 10, 2]));
    }

    [Fact]
    public void Points_outside_near_and_far_or_behind_the_camera_are_not_drawn()
    {
        var camera = Intrinsics.Centered(50, 50, 21, 21);
        var cloud = new PointCloud([0, 0, 0, float.NaN], [0, 0, 0, 0], [-1, 0.5f, 9, 1], [1, 1, 1, 1], [0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF]);
        var picture = SplatRenderer.Render(cloud, camera, RigidTransform.Identity, new() { Near = 1, Far = 5, Background = 0x010203 });
        for (var i = 0; i < picture.PixelCount; i++)
            Assert.Equal((1, 2, 3), (picture.Samples[3 * i], picture.Samples[(3 * i) + 1], picture.Samples[(3 * i) + 2]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_splat_is_as_wide_as_its_pixel_looks_from_the_view(int distance)
    {
        var camera = Intrinsics.Centered(100, 100, 41, 41);
        var cloud = new PointCloud([0], [0], [distance], [0.1f], [0xFFFFFF]);
        var picture = SplatRenderer.Render(cloud, camera, RigidTransform.Identity, new() { SizeFactor = 1, MaxSizePixels = 40, Background = 0 });
        var covered = picture.Samples.Count(s => s == 255) / 3.0;
        Assert.Equal(10.0 / distance, Math.Sqrt(covered), 0.6);
    }

    [Fact]
    public void From_a_later_camera_static_surfaces_look_as_they_do_there()
    {
        const int width = 320, height = 184;
        var (cloud, _, scene) = Courtyard(8, width, height);
        var later = TruthRenderer.Render(scene, 12, width, height);
        var back = TruthFlow.Between(scene, 12, 8, width, height);
        var view = SplatRenderer.Render(cloud, scene.Intrinsics(width, height), scene.CamFromWorld(12));
        double error = 0;
        var count = 0;
        for (var i = 0; i < later.Rgb.PixelCount; i++)
        {
            if (back.Visible.Samples[i] == 0 || later.MovingMask.Samples[i] != 0) continue;
            error += Math.Abs(view.Samples[(3 * i) + 1] - later.Rgb.Samples[(3 * i) + 1]);
            count++;
        }

        Assert.True(error / count < 12, $"mean difference {error / count:F1} grey levels");
    }

    [Fact]
    public void Supersampling_averages_with_the_background()
    {
        var camera = Intrinsics.Centered(50, 50, 21, 21);
        var cloud = new PointCloud([0], [0], [1], [0.05f], [0xFFFFFF]);
        var picture = SplatRenderer.Render(cloud, camera, RigidTransform.Identity, new() { SizeFactor = 1, Supersampling = 2, Background = 0 });
        Assert.Contains(picture.Samples, s => s is > 0 and < 255);
    }

    private static (PointCloud Cloud, TruthFrame Frame, TruthScene Scene) Courtyard(int frameIndex, int width = Width, int height = Height)
    {
        var scene = TruthScene.Courtyard(16);
        var frame = TruthRenderer.Render(scene, frameIndex, width, height);
        return (CloudFromDepth.Make(frame.Rgb, frame.Depth, scene.Intrinsics(width, height), scene.CamFromWorld(frameIndex)), frame, scene);
    }

    internal static PointCloud Shuffled(PointCloud cloud, int seed)
    {
        var order = Enumerable.Range(0, cloud.Count).ToArray();
        new Random(seed).Shuffle(order);
        return new PointCloud([.. order.Select(i => cloud.X[i])], [.. order.Select(i => cloud.Y[i])], [.. order.Select(i => cloud.Z[i])],
            [.. order.Select(i => cloud.Diameters[i])], [.. order.Select(i => cloud.Colours[i])]);
    }
}
