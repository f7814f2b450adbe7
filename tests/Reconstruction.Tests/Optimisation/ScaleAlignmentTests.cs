using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Tests.Optimisation;

/// <summary>Acceptance checks B5 and B6 of the specification, and the fallback without points.</summary>
public sealed class ScaleAlignmentTests
{
    private static readonly Intrinsics K = Intrinsics.Centered(60, 60, 64, 48);

    [Fact]
    public void B5_AConstantFactorIsFoundExactly()
    {
        var points = Enumerable.Range(0, 100).Select(i => new Vec3((i % 10) - 4.5, ((i / 10) - 4.5) * 0.7, 15)).ToList();
        var scale = ScaleAlignment.FromRatios([ScaleAlignment.SparseRatios(K, RigidTransform.Identity, points, Depth(3.7f * 15), new(64, 48))]);
        Assert.Equal(3.7, scale!.Factor, 1e-6);
        Assert.Equal(0, scale.Spread, 1e-12);
        var camera = new CameraTrack(K, [new FrameCamera(new RigidTransform(Mat3.Identity, new Vec3(1, 2, 3)))], CameraMotion.Parallax, "test", "");
        var scaled = camera.ScaledBy(scale.Factor).Frames[0].CamFromWorld;
        Assert.Equal(-3.7, scaled.Center.X, 1e-5);
        var (u, v) = K.Project(camera.Frames[0].CamFromWorld.Apply(points[3]));
        var (su, sv) = K.Project(scaled.Apply(points[3] * scale.Factor));
        Assert.Equal((Math.Round(u, 9), Math.Round(v, 9)), (Math.Round(su, 9), Math.Round(sv, 9)));
    }

    [Fact]
    public void B6_AFrameWithoutPointsDoesNotVote()
    {
        List<double> good = [.. Enumerable.Repeat(2.0, ScaleAlignment.MinimumPoints)];
        Assert.Equal(new SceneScale(2, 0, 2), ScaleAlignment.FromRatios([good, [], [.. good], [5]]));
        Assert.Null(ScaleAlignment.FromRatios([[], [1, 2, 3]]));
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(0.2)]
    public void OutliersInPointsAndFramesDoNotMoveTheFactor(double share)
    {
        List<double> Frame(double factor) => [.. Enumerable.Range(0, 100).Select(i => i < share * 100 ? 9.0 + i : factor)];
        var scale = ScaleAlignment.FromRatios([Frame(2), Frame(2.02), Frame(1.98), Frame(40), Frame(2)])!;
        Assert.Equal(2, scale.Factor, 1e-9);
        Assert.InRange(scale.Spread, 0, 0.02);
    }

    [Fact]
    public void PointsBehindOutsideOrOnMovingPixelsDoNotCount()
    {
        var mask = new Raster<byte>(64, 48);
        mask[32, 24] = 255;
        List<Vec3> points = [new(0, 0, -5), new(100, 0, 5), new(0.5 * 5 / 60, 0.5 * 5 / 60, 5), new(double.NaN, 0, 5), new(1, 0, 5)];
        Assert.Single(ScaleAlignment.SparseRatios(K, RigidTransform.Identity, points, Depth(10), mask));
    }

    [Fact]
    public void FlowWithParallaxGivesTheScaleToo()
    {
        var second = new RigidTransform(Mat3.FromRotationVector(new Vec3(0, 0.02, 0)), new Vec3(-0.8, 0.1, 0));
        var flow = new float[64 * 48 * 2];
        for (var i = 0; i < 64 * 48; i++)
        {
            var (u, v) = K.Project(second.Apply(K.Unproject(i % 64, i / 64, 6)));
            (flow[2 * i], flow[(2 * i) + 1]) = ((float)(u - (i % 64)), (float)(v - (i / 64)));
        }

        var directed = new DirectedFlow(0, 1, 64, 48, flow, Enumerable.Repeat((byte)1, 64 * 48).ToArray());
        var ratios = ScaleAlignment.FlowRatios(K, second, directed, Enumerable.Repeat(15f, 64 * 48).ToArray(), [.. Enumerable.Range(0, 64 * 48)]);
        Assert.Equal(2.5, ScaleAlignment.FromRatios([ratios])!.Factor, 0.01);
    }

    private static Raster<float> Depth(float z) => new(64, 48, 1, [.. Enumerable.Repeat(z, 64 * 48)]);
}
