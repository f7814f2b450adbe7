using Depth3D.Imaging;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Splatting;
using Depth3D.Rendering.TruthScenes;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Tests.Views;

public sealed class NovelViewTests
{
    private const int Width = 208, Height = 118;

    private static readonly TruthSceneClip Clip = new(TruthScene.Courtyard(24), Width, Height);

    [Fact]
    public void From_its_own_camera_a_frame_is_itself_away_from_edges()
    {
        var layer = new ViewSynthesizer(Clip, null, new() { SnapEdges = false }).Render(5, Clip.Intrinsics, Clip.CamFromWorld(5));
        var expected = Clip.Rgb(5);
        var depth = Clip.Depth(5);
        var beside = new DepthJumps(depth).Beside(farSide: false);
        var surface = DepthEdges.OnSurface(depth);
        var most = 0;
        for (var i = 0; i < beside.Length; i++)
        {
            if (!surface[i] || beside[i]) continue;
            Assert.Equal(255, layer.Rgba[(4 * i) + 3]);
            for (var c = 0; c < 3; c++) most = Math.Max(most, Math.Abs(layer.Rgba[(4 * i) + c] - expected.Samples[(3 * i) + c]));
        }

        Assert.InRange(most, 0, 2);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public void Five_degrees_around_the_scene_what_was_seen_is_as_the_ray_caster_sees_it(double degrees)
    {
        const int frame = 11;
        var view = Around(degrees, Clip.DepthRange.Median) * Clip.CamFromWorld(frame);
        var expected = Clip.Seen(frame, Clip.Intrinsics, view);
        var shown = Rgb(new ViewSynthesizer(Clip, null, new() { SnapEdges = false }).Render(frame, Clip.Intrinsics, view));
        bool[] still = Visible(expected, frame, moving: false), moving = Visible(expected, frame, moving: true);
        PictureQuality ofStill = new(), ofMoving = new();
        ofStill.Add(shown, expected.Rgb, still);
        ofMoving.Add(shown, expected.Rgb, moving);

        Assert.True(ofStill.Psnr > 30 && ofStill.Ssim > 0.94, $"static {ofStill.Psnr:F2} dB, {ofStill.Ssim:F3}, {ofStill.Pixels} pixels");
        Assert.True(ofMoving.Psnr > 24 && ofMoving.Ssim > 0.88, $"moving {ofMoving.Psnr:F2} dB, {ofMoving.Ssim:F3}, {ofMoving.Pixels} pixels");
    }

    [Fact]
    public void Threads_do_not_change_a_view()
    {
        var view = Around(4, Clip.DepthRange.Median) * Clip.CamFromWorld(3);
        var depth = Clip.Depth(3);
        var jumps = new DepthJumps(depth);
        var warp = new SurfaceWarp(Clip.Rgb(3), jumps, DepthEdges.OnSurface(depth), Clip.Intrinsics, Clip.CamFromWorld(3));
        var expected = warp.Render(Clip.Intrinsics, view, 0.1f, 100, bands: 1);
        foreach (var bands in new[] { 2, 7 })
        {
            var other = warp.Render(Clip.Intrinsics, view, 0.1f, 100, bands);
            Assert.Equal(expected.Rgba, other.Rgba);
            Assert.Equal(expected.Depth, other.Depth);
        }
    }

    [Fact]
    public void Other_frames_fill_what_a_frame_hides_with_what_stands_there()
    {
        const int frame = 0;
        var scene = new TruthSceneClip(TruthScene.Courtyard(48), Width, Height);
        var background = BackgroundBuilder.Build(scene, null, CancellationToken.None);
        var view = Around(5, scene.DepthRange.Median) * scene.CamFromWorld(frame);
        var own = new ViewSynthesizer(scene, null, new()).Render(frame, scene.Intrinsics, view);
        var both = new ViewSynthesizer(scene, background, new()).Render(frame, scene.Intrinsics, view);
        var truth = scene.Seen(frame, scene.Intrinsics, view);
        int open = 0, filled = 0;
        double difference = 0;
        for (var i = 0; i < own.Depth.Length; i++)
        {
            if (own.Rgba[(4 * i) + 3] > 0 || truth.MovingMask.Samples[i] != 0) continue;
            open++;
            if (both.Rgba[(4 * i) + 3] == 0) continue;
            filled++;
            difference += Math.Abs(both.Rgba[(4 * i) + 1] - truth.Rgb.Samples[(3 * i) + 1]);
        }

        Assert.True(open > 40 && filled > 0.4 * open, $"{filled} of {open} filled");
        Assert.True(difference / filled < 20, $"mean difference {difference / filled:F1} grey levels");
    }

    [Fact]
    public void The_background_holds_nothing_that_moves_and_is_the_same_every_time()
    {
        var cloud = BackgroundBuilder.Build(Clip, null, CancellationToken.None);
        var again = BackgroundBuilder.Build(Clip, null, CancellationToken.None);
        Assert.Equal(cloud.X, again.X);
        Assert.Equal(cloud.Colours, again.Colours);
        Assert.InRange(cloud.Count, Width * Height, 24 * Width * Height / 4);

        // The walker passes between camera and wall: nothing may lie in front of what the first frame sees.
        var nearest = Masks.Nearest(Clip.Depth(0));
        var floating = 0;
        for (var i = 0; i < cloud.Count; i++)
        {
            var point = Clip.CamFromWorld(0).Apply(new(cloud.X[i], cloud.Y[i], cloud.Z[i]));
            var (u, v) = Clip.Intrinsics.Project(point);
            if (u < 1 || v < 1 || u > Width - 2 || v > Height - 2) continue;
            if (nearest[(int)(u + 0.5), (int)(v + 0.5)] > 1.1 * point.Z) floating++;
        }

        Assert.True(floating < 0.002 * cloud.Count, $"{floating} of {cloud.Count} points float");
    }

    internal static RigidTransform Around(double degrees, double distance)
    {
        var rotation = Mat3.FromRotationVector(new(0, degrees * Math.PI / 180, 0));
        var pivot = new Vec3(0, 0, distance);
        return new(rotation, pivot - (rotation * pivot));
    }

    private static bool[] Visible(TruthFrame view, int frame, bool moving)
    {
        var own = Clip.Depth(frame);
        var visible = new bool[view.Rgb.PixelCount];
        for (var i = 0; i < visible.Length; i++)
        {
            var p = view.WorldPoints.Samples.AsSpan(3 * i, 3);
            var point = Clip.CamFromWorld(frame).Apply(new(p[0], p[1], p[2]));
            var (u, v) = Clip.Intrinsics.Project(point);
            visible[i] = view.MovingMask.Samples[i] != 0 == moving && u > 0 && v > 0 && u < Width - 1 && v < Height - 1
                && Math.Abs((own[(int)Math.Round(u), (int)Math.Round(v)] / point.Z) - 1) < 0.01;
        }

        return visible;
    }

    private static Raster<byte> Rgb(ViewLayer layer)
    {
        var rgb = new Raster<byte>(layer.Width, layer.Height, 3);
        for (var i = 0; i < rgb.PixelCount; i++) layer.Rgba.AsSpan(4 * i, 3).CopyTo(rgb.Samples.AsSpan(3 * i));
        return rgb;
    }
}
