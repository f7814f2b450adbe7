using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.TruthScenes;

public sealed class TruthSceneTests
{
    private const int Width = 96, Height = 56;

    [Fact]
    public void Rendering_twice_gives_the_same_samples()
    {
        var first = TruthRenderer.Render(TruthScene.Courtyard(24), 7, Width, Height);
        var second = TruthRenderer.Render(TruthScene.Courtyard(48), 7, Width, Height);

        Assert.Equal(first.Rgb.Samples, second.Rgb.Samples);
        Assert.Equal(first.Depth.Samples, second.Depth.Samples);
        Assert.Equal(first.WorldPoints.Samples, second.WorldPoints.Samples);
    }

    [Fact]
    public void Depth_is_z_of_the_world_point_and_the_point_projects_to_its_pixel()
    {
        var scene = TruthScene.Courtyard(12);
        var frame = TruthRenderer.Render(scene, 11, Width, Height);
        var camera = scene.CamFromWorld(11);
        var intrinsics = scene.Intrinsics(Width, Height);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var point = camera.Apply(new(frame.WorldPoints[x, y, 0], frame.WorldPoints[x, y, 1], frame.WorldPoints[x, y, 2]));
                var (u, v) = intrinsics.Project(point);
                Assert.InRange(frame.Depth[x, y] - point.Z, -1e-5, 1e-5);
                Assert.InRange(u - x, -1e-3, 1e-3);
                Assert.InRange(v - y, -1e-3, 1e-3);
            }
    }

    [Fact]
    public void Both_moving_bodies_are_in_every_picture_and_small_enough_to_leave_the_scene_visible()
    {
        var scene = TruthScene.Courtyard(48);
        for (var i = 0; i < scene.FrameCount; i += 6)
        {
            var frame = TruthRenderer.Render(scene, i, Width, Height);
            var walker = Share(frame.BodyIds.Samples, 1);
            var ball = Share(frame.BodyIds.Samples, 2);
            Assert.True(walker > 0.02, $"frame {i}: walker covers {walker:P1}");
            Assert.True(ball > 0.003, $"frame {i}: ball covers {ball:P1}");
            Assert.InRange(walker + ball, 0.02, 0.15);
        }
    }

    [Fact]
    public void The_walker_stands_on_the_ground_and_the_ball_flies()
    {
        var scene = TruthScene.Courtyard(48);
        foreach (var i in new[] { 0, 12, 36, 47 })
        {
            var frame = TruthRenderer.Render(scene, i, 192, 112);
            Assert.InRange(LowestHeight(frame, 1), 0, 0.06);
            Assert.True(LowestHeight(frame, 2) > 0.15, $"frame {i}: the ball is {LowestHeight(frame, 2):F2} above the ground");
        }
    }

    [Fact]
    public void The_picture_has_detail_and_a_range_of_depths()
    {
        var frame = TruthRenderer.Render(TruthScene.Courtyard(1), 0, 192, 112);
        var sorted = frame.Depth.Samples.Order().ToArray();
        Assert.True(sorted[sorted.Length * 95 / 100] / sorted[sorted.Length * 5 / 100] > 2, "depth range");
        double gradient = 0;
        for (var y = 0; y < 112; y++)
            for (var x = 1; x < 192; x++)
                gradient += Math.Abs(frame.Rgb[x, y, 1] - frame.Rgb[x - 1, y, 1]);
        Assert.True(gradient / (112 * 191) > 6, $"mean gradient {gradient / (112 * 191):F1} grey levels");
    }

    [Theory]
    [InlineData(TruthCameraMotion.Arc, CameraMotion.Parallax)]
    [InlineData(TruthCameraMotion.RotationOnly, CameraMotion.RotationOnly)]
    [InlineData(TruthCameraMotion.Static, CameraMotion.Static)]
    public void Camera_track_says_how_the_camera_moves(TruthCameraMotion motion, CameraMotion expected)
    {
        var track = TruthScene.Courtyard(10, motion).Cameras(Width, Height);
        Assert.Equal(expected, track.Motion);
        var centerShift = (track.Frames[9].CamFromWorld.Center - track.Frames[0].CamFromWorld.Center).Length;
        Assert.Equal(motion == TruthCameraMotion.Arc, centerShift > 0.2);
        if (motion != TruthCameraMotion.Arc) Assert.InRange(centerShift, 0, 1e-12);
    }

    [Theory]
    [InlineData(-1, 64, 64)]
    [InlineData(3, 64, 64)]
    [InlineData(0, 7, 64)]
    [InlineData(0, 64, 9000)]
    public void Bad_frames_and_sizes_are_refused(int frameIndex, int width, int height)
    {
        var error = Assert.Throws<Depth3DException>(() => TruthRenderer.Render(TruthScene.Courtyard(3), frameIndex, width, height));
        Assert.Equal(FailureKind.Usage, error.Kind);
    }

    private static double Share(byte[] ids, int id) => ids.Count(i => i == id) / (double)ids.Length;

    private static double LowestHeight(TruthFrame frame, int bodyId)
    {
        var lowest = double.PositiveInfinity;
        for (var i = 0; i < frame.BodyIds.Samples.Length; i++)
            if (frame.BodyIds.Samples[i] == bodyId)
                lowest = Math.Min(lowest, -frame.WorldPoints.Samples[(3 * i) + 1]);
        return lowest;
    }
}
