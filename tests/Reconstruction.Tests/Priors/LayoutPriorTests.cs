using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Priors;

namespace Depth3D.Reconstruction.Tests.Priors;

public class LayoutPriorTests
{
    private static readonly Intrinsics Camera = Intrinsics.Centered(200, 200, 200, 112);

    [Fact]
    public void The_ground_grows_towards_the_horizon_and_the_wall_stands_above()
    {
        var depth = new LayoutPrior(Turning(1, 0)).Background(0);
        Assert.All(depth.Samples, z => Assert.InRange(z, 1f, 20f));
        Assert.Equal(LayoutPrior.NearGround, depth[100, 111], 0.05);
        for (var y = 1; y < 112; y++) Assert.True(depth[100, y] <= depth[100, y - 1] + (y < 56 ? 1 : 1e-4f));
        Assert.InRange(depth[100, 10], 0.9 * LayoutPrior.WallDistance, 20);
    }

    [Fact]
    public void The_scene_stands_still_while_the_camera_turns()
    {
        var cameras = Turning(5, 0.04);
        var layout = new LayoutPrior(cameras);
        Raster<float> first = layout.Background(0), last = layout.Background(4);
        var lastFromFirst = cameras.Frames[4].CamFromWorld.Rotation * cameras.Frames[0].CamFromWorld.Rotation.Transposed;
        for (var y = 5; y < 107; y += 6)
        {
            for (var x = 5; x < 195; x += 10)
            {
                var point = lastFromFirst * Camera.Unproject(x, y, first[x, y]);
                var (u, v) = Camera.Project(point);
                if (u < 1 || v < 1 || u > 198 || v > 110) continue;
                Assert.Equal(point.Z, Reconstruction.Flow.FlowSampling.Scalar(last, (float)u, (float)v), 0.05 * point.Z);
            }
        }
    }

    [Fact]
    public void Moving_regions_stand_before_the_wall_behind_them()
    {
        var layout = new LayoutPrior(Turning(1, 0));
        var region = new MovingRegion(0, 0, new Component(1, 60, 30, 50, 40, 1500), 1, Truncated: false);
        var z = Math.Exp(layout.Stand(region));
        Assert.True(z < 0.86 * layout.Background(0)[85, 25]);
        Assert.Equal(layout.Background(0)[85, 69], z, 0.01 * z);
        var flying = region with { Component = new Component(1, 60, 2, 10, 10, 80) };
        Assert.True(Math.Exp(layout.Stand(flying)) < 0.86 * LayoutPrior.WallDistance);
    }

    private static CameraTrack Turning(int frames, double radiansPerFrame) => new(Camera,
        [.. Enumerable.Range(0, frames).Select(i => new FrameCamera(new RigidTransform(Mat3.FromRotationVector(new Vec3(0, radiansPerFrame * i, 0)), Vec3.Zero)))],
        CameraMotion.RotationOnly, "test", "test");
}
