using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.TruthScenes;

/// <summary>What every scene that can be named must hold, so that a measurement on one means the same as on another.</summary>
public sealed class NamedScenesTests
{
    private const int Width = 96, Height = 54;

    public static TheoryData<string> Names => [.. TruthScene.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Depth_is_z_of_the_world_point_and_the_point_projects_to_its_pixel(string name)
    {
        var scene = TruthScene.Named(name, 12);
        var frame = TruthRenderer.Render(scene, 11, Width, Height);
        var (camera, intrinsics) = (scene.CamFromWorld(11), scene.Intrinsics(Width, Height));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var point = camera.Apply(World(frame, x, y));
                var (u, v) = intrinsics.Project(point);
                Assert.InRange(frame.Depth[x, y] - point.Z, -1e-5, 1e-5);
                Assert.InRange(u - x, -1e-3, 1e-3);
                Assert.InRange(v - y, -1e-3, 1e-3);
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Flow_and_depth_follow_from_depth_cameras_and_scene_flow(string name)
    {
        var scene = TruthScene.Named(name, 12);
        var frame = TruthRenderer.Render(scene, 2, Width, Height);
        var field = TruthFlow.Between(scene, 2, 6, Width, Height);
        var (camera, intrinsics) = (scene.CamFromWorld(6), scene.Intrinsics(Width, Height));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var motion = new Vec3(field.SceneFlow[x, y, 0], field.SceneFlow[x, y, 1], field.SceneFlow[x, y, 2]);
                if (frame.MovingMask[x, y] == 0) Assert.Equal(Vec3.Zero, motion);
                var point = camera.Apply(World(frame, x, y) + motion);
                var (u, v) = intrinsics.Project(point);
                Assert.InRange(u - x - field.Flow[x, y, 0], -1e-3, 1e-3);
                Assert.InRange(v - y - field.Flow[x, y, 1], -1e-3, 1e-3);
                Assert.InRange(point.Z - field.TargetDepth[x, y], -1e-4, 1e-4);
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_moves_is_seen_in_every_picture_and_slow_enough_for_flow_over_eight_frames(string name)
    {
        var scene = TruthScene.Named(name, 48);
        for (var i = 1; i < 47; i += 9)
        {
            var moving = TruthRenderer.Render(scene, i, Width, Height).MovingMask.Samples.Count(m => m != 0) / (double)(Width * Height);
            if (scene.Bodies.Count == 1) Assert.Equal(0, moving);
            else Assert.InRange(moving, 0.01, 0.25);
            var flow = TruthFlow.Between(scene, i, i + 1, Width, Height).Flow;
            double fastest = 0;
            for (var p = 0; p < flow.PixelCount; p++)
                fastest = Math.Max(fastest, Math.Sqrt(Math.Pow(flow.Samples[2 * p], 2) + Math.Pow(flow.Samples[(2 * p) + 1], 2)));
            Assert.True(fastest * 256 / Width < 5, $"frame {i}: {fastest * 256 / Width:F2} pixels at 256 pixels width");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_picture_has_detail_and_a_range_of_depths(string name)
    {
        var frame = TruthRenderer.Render(TruthScene.Named(name, 1), 0, 192, 108);
        var sorted = frame.Depth.Samples.Order().ToArray();
        Assert.True(sorted[sorted.Length * 95 / 100] / sorted[sorted.Length * 5 / 100] > 1.8, "depth range");
        double gradient = 0;
        for (var y = 0; y < 108; y++)
            for (var x = 1; x < 192; x++)
                gradient += Math.Abs(frame.Rgb[x, y, 1] - frame.Rgb[x - 1, y, 1]);
        Assert.True(gradient / (108 * 191) > 6, $"mean gradient {gradient / (108 * 191):F1} grey levels");
    }

    [Fact]
    public void The_figure_keeps_its_lower_foot_on_the_ground_and_its_parts_together()
    {
        var scene = TruthScene.Named("walker", 48);
        var parts = scene.Bodies.Skip(1).ToArray();
        Assert.Equal(10, parts.Length);
        for (var i = 0; i < 48; i += 5)
        {
            var frame = TruthRenderer.Render(scene, i, 192, 108);
            var lowest = Enumerable.Range(0, frame.BodyIds.Samples.Length).Where(p => frame.BodyIds.Samples[p] != 0)
                .Min(p => -frame.WorldPoints.Samples[(3 * p) + 1]);
            Assert.InRange(lowest, -0.005, 0.09);
            var torso = parts[0].WorldFromBody(i).Translation;
            Assert.All(parts, p => Assert.InRange((p.WorldFromBody(i).Translation - torso).Length, 0, 0.95));
        }
    }

    [Fact]
    public void The_near_static_camera_travels_a_few_centimetres_and_the_room_stands_still()
    {
        var near = TruthScene.Named("near-static", 48);
        Assert.Equal(TruthCameraMotion.Handheld, near.Motion);
        Assert.Equal(CameraMotion.Parallax, near.Cameras(Width, Height).Motion);
        var centers = Enumerable.Range(0, 48).Select(i => near.CamFromWorld(i).Center).ToArray();
        Assert.InRange(centers.Max(a => centers.Max(b => (a - b).Length)), 0.05, 0.15);
        Assert.Single(TruthScene.Named("room", 2).Bodies);
        Assert.Equal(TruthCameraMotion.Static, TruthScene.Named("boxes", 2, TruthCameraMotion.Static).Motion);
    }

    [Fact]
    public void Unknown_scenes_are_refused_with_the_ones_there_are()
    {
        var error = Assert.Throws<Depth3DException>(() => TruthScene.Named("yard", 4));
        Assert.All(TruthScene.Names, name => Assert.Contains(name, error.Remedy));
    }

    private static Vec3 World(TruthFrame frame, int x, int y) =>
        new(frame.WorldPoints[x, y, 0], frame.WorldPoints[x, y, 1], frame.WorldPoints[x, y, 2]);
}
