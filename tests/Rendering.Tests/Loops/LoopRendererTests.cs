using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.Loops;

namespace Depth3D.Rendering.Tests.Loops;

public class LoopRendererTests
{
    public static TheoryData<double, double, double, double, double, double> Poses => new()
    {
        { 0, 0, 0, 0, 0, 0 },
        { 0.1, -0.05, 0.03, 0, 0, 0 },
        { -0.12, 0.08, -0.1, 0.05, -0.08, 0.1 },
        { 0, 0, -2, 0, 0, 0 },
        { 0.4, 0, 1.5, 0, 0.9, 0 },
        { 0, 0, 0.2, 0, 1.5, 0 },
    };

    [Theory]
    [MemberData(nameof(Poses))]
    public void FastRendererAgreesWithTheEquation(double x, double y, double z, double pitch, double yaw, double roll)
    {
        var pose = RandomLoops.Pose(x, y, z, pitch, yaw, roll);
        foreach (var tile in new[] { 8, 5 })
        {
            var video = RandomLoops.Make(RandomLoops.Geometry(tile: tile), kept: 0.5);
            var camera = RandomLoops.Camera with { Cx = 27.3 };
            var renderer = new LoopRenderer(video);
            foreach (var frame in new[] { 0, 2, 4, -1 })
                Assert.InRange(Difference(ReferenceRenderer.Render(video, camera, pose, frame), renderer.Render(camera, pose, frame).Rgba.Samples), 0, 5e-5);
        }
    }

    [Fact]
    public void WeightsAddUpToCoverage()
    {
        var video = RandomLoops.Make(RandomLoops.Geometry());
        var renderer = new LoopRenderer(video);
        var pose = RandomLoops.Pose(0.05, 0, 0);
        var picture = renderer.Render(RandomLoops.Camera, pose, 1);
        var weights = renderer.RenderWeights(RandomLoops.Camera, pose, 1);
        for (var p = 0; p < picture.Rgba.PixelCount; p++)
        {
            var sum = Enumerable.Range(0, video.Geometry.Planes).Sum(k => (double)weights[(k * picture.Rgba.PixelCount) + p]);
            Assert.Equal(picture.Rgba.Samples[(4 * p) + 3], sum, 2e-6);
        }
    }

    [Fact]
    public void AnyNumberOfThreadsDrawsTheSame()
    {
        var video = RandomLoops.Make(RandomLoops.Geometry());
        var pose = RandomLoops.Pose(0.05, 0.02, 0, yaw: 0.03);
        Assert.Equal(new LoopRenderer(video) { Threads = 1 }.Render(RandomLoops.Camera, pose, 0).Rgba.Samples,
            new LoopRenderer(video) { Threads = 3 }.Render(RandomLoops.Camera, pose, 0).Rgba.Samples);
    }

    private static double Difference(double[] expected, float[] got) => expected.Zip(got, (a, b) => Math.Abs(a - b)).Max();
}
