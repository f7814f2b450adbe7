using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.TruthScenes;

public sealed class TruthFlowTests
{
    private const int Width = 96, Height = 56;

    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 10)]
    [InlineData(10, 2)]
    public void On_static_pixels_flow_is_the_reprojection_of_depth(int from, int to)
    {
        var scene = TruthScene.Courtyard(12);
        var frame = TruthRenderer.Render(scene, from, Width, Height);
        var field = TruthFlow.Between(scene, from, to, Width, Height);
        var intrinsics = scene.Intrinsics(Width, Height);
        var relative = scene.CamFromWorld(to) * scene.CamFromWorld(from).Inverse();
        double worst = 0;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                if (frame.MovingMask[x, y] != 0) continue;
                var (u, v) = intrinsics.Project(relative.Apply(intrinsics.Unproject(x, y, frame.Depth[x, y])));
                worst = Math.Max(worst, Math.Max(Math.Abs(u - x - field.Flow[x, y, 0]), Math.Abs(v - y - field.Flow[x, y, 1])));
                Assert.Equal(0, field.SceneFlow[x, y, 0]);
            }

        Assert.True(worst < 1e-3, $"{worst} px");
    }

    [Fact]
    public void On_moving_pixels_flow_is_the_reprojection_of_the_point_moved_by_scene_flow()
    {
        var scene = TruthScene.Courtyard(12);
        var frame = TruthRenderer.Render(scene, 1, Width, Height);
        var field = TruthFlow.Between(scene, 1, 5, Width, Height);
        var intrinsics = scene.Intrinsics(Width, Height);
        double moved = 0;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var point = scene.CamFromWorld(5).Apply(World(frame, x, y) + Scene(field, x, y));
                var (u, v) = intrinsics.Project(point);
                Assert.InRange(u - x - field.Flow[x, y, 0], -1e-3, 1e-3);
                Assert.InRange(v - y - field.Flow[x, y, 1], -1e-3, 1e-3);
                Assert.InRange(point.Z - field.TargetDepth[x, y], -1e-4, 1e-4);
                if (frame.MovingMask[x, y] != 0) moved = Math.Max(moved, Scene(field, x, y).Length);
            }

        Assert.True(moved > 0.1, $"nothing moved by more than {moved}");
    }

    [Fact]
    public void Flow_to_the_same_frame_is_zero_and_everything_is_visible()
    {
        var field = TruthFlow.Between(TruthScene.Courtyard(4), 2, 2, Width, Height);
        Assert.All(field.Flow.Samples, f => Assert.InRange(f, -1e-5f, 1e-5f));
        // The outermost row and column may round to just outside the picture.
        for (var y = 1; y < Height - 1; y++)
            for (var x = 1; x < Width - 1; x++)
                Assert.Equal(1, field.Visible[x, y]);
    }

    [Fact]
    public void Visible_points_have_the_depth_that_the_second_picture_shows()
    {
        var scene = TruthScene.Courtyard(12);
        var field = TruthFlow.Between(scene, 0, 8, Width, Height);
        var second = TruthRenderer.Render(scene, 8, Width, Height);
        int visible = 0, agree = 0;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                if (field.Visible[x, y] == 0) continue;
                visible++;
                var u = (int)Math.Round(x + field.Flow[x, y, 0]);
                var v = (int)Math.Round(y + field.Flow[x, y, 1]);
                if (Math.Abs(second.Depth[u, v] / field.TargetDepth[x, y] - 1) < 0.03) agree++;
            }

        Assert.InRange(visible / (double)(Width * Height), 0.75, 0.97);
        Assert.True(agree > 0.95 * visible, $"{agree} of {visible}");
    }

    [Fact]
    public void A_camera_that_only_turns_moves_static_pixels_by_a_homography()
    {
        var scene = TruthScene.Courtyard(12, TruthCameraMotion.RotationOnly);
        var frame = TruthRenderer.Render(scene, 0, Width, Height);
        var field = TruthFlow.Between(scene, 0, 9, Width, Height);
        var intrinsics = scene.Intrinsics(Width, Height);
        var rotation = scene.CamFromWorld(9).Rotation * scene.CamFromWorld(0).Rotation.Transposed;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                if (frame.MovingMask[x, y] != 0) continue;
                var (u, v) = intrinsics.Project(rotation * intrinsics.Unproject(x, y, 1));
                Assert.InRange(u - x - field.Flow[x, y, 0], -1e-3, 1e-3);
                Assert.InRange(v - y - field.Flow[x, y, 1], -1e-3, 1e-3);
            }
    }

    [Fact]
    public void A_standing_camera_sees_only_the_bodies_move()
    {
        var scene = TruthScene.Courtyard(12, TruthCameraMotion.Static);
        var frame = TruthRenderer.Render(scene, 0, Width, Height);
        var field = TruthFlow.Between(scene, 0, 6, Width, Height);
        double largest = 0;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var length = Math.Abs(field.Flow[x, y, 0]) + Math.Abs(field.Flow[x, y, 1]);
                if (frame.MovingMask[x, y] == 0) Assert.InRange(length, 0, 1e-5);
                else largest = Math.Max(largest, length);
            }

        Assert.True(largest > 1, $"{largest} px");
    }

    [Fact]
    public void Colours_follow_the_flow_on_static_visible_pixels()
    {
        var scene = TruthScene.Courtyard(8);
        var first = TruthRenderer.Render(scene, 3, 192, 112);
        var second = TruthRenderer.Render(scene, 7, 192, 112);
        var field = TruthFlow.Between(scene, 3, 7, 192, 112);
        double warped = 0, unwarped = 0;
        for (var y = 0; y < 112; y++)
            for (var x = 0; x < 192; x++)
            {
                if (field.Visible[x, y] == 0 || first.MovingMask[x, y] != 0) continue;
                double u = x + field.Flow[x, y, 0], v = y + field.Flow[x, y, 1];
                int x0 = Math.Min((int)u, 190), y0 = Math.Min((int)v, 110);
                double a = u - x0, b = v - y0;
                var value = ((1 - b) * (((1 - a) * second.Rgb[x0, y0, 1]) + (a * second.Rgb[x0 + 1, y0, 1])))
                    + (b * (((1 - a) * second.Rgb[x0, y0 + 1, 1]) + (a * second.Rgb[x0 + 1, y0 + 1, 1])));
                warped += Math.Abs(value - first.Rgb[x, y, 1]);
                unwarped += Math.Abs(second.Rgb[x, y, 1] - first.Rgb[x, y, 1]);
            }

        Assert.True(warped < 0.5 * unwarped, $"warped {warped / (192 * 112):F2}, unwarped {unwarped / (192 * 112):F2} grey levels");
    }

    private static Vec3 World(TruthFrame frame, int x, int y) =>
        new(frame.WorldPoints[x, y, 0], frame.WorldPoints[x, y, 1], frame.WorldPoints[x, y, 2]);

    private static Vec3 Scene(TruthFlowField field, int x, int y) =>
        new(field.SceneFlow[x, y, 0], field.SceneFlow[x, y, 1], field.SceneFlow[x, y, 2]);
}
