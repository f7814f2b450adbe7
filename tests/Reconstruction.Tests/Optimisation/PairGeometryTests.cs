using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Optimisation;

/// <summary>Acceptance checks A1 to A10 of the specification.</summary>
public sealed class PairGeometryTests : IDisposable
{
    private static readonly Intrinsics K = Intrinsics.Centered(460.8, 768 * 256 / 360.0, 384, 256);
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0.1, ScalarType.Float32, 1e-3)]
    [InlineData(1000, ScalarType.Float32, 1e-3)]
    [InlineData(7, ScalarType.Float64, 1e-9)]
    public void A1_ProjectingAnUnprojectedPixelReturnsIt(double depth, ScalarType type, double tolerance)
    {
        var turn = Mat3.FromRotationVector(new Vec3(0.4, -1.1, 0.3));
        var camera = new RigidTransform(turn, new Vec3(0.3 * depth, -0.5 * depth, 0.4 * depth));
        var predicted = Predict(camera, camera, Plane(depth, type), null);
        Assert.InRange(Largest(predicted.Flow), 0, tolerance);
        Assert.InRange(Largest(predicted.DepthPredicted.sub(depth)), 0, depth * 1e-5);
    }

    [Fact]
    public void A2_RowAndColumnFormsAgree()
    {
        var worldFromCam = new RigidTransform(Mat3.FromRotationVector(new Vec3(0.2, 0.5, -0.7)), new Vec3(1, -2, 3));
        var depth = Plane(4, ScalarType.Float64);
        var world = PairGeometry.Unproject(K, worldFromCam.Inverse(), depth).data<double>().ToArray();
        var (x, y) = (300, 200);
        var p = K.Unproject(x, y, 4);
        var r = worldFromCam.Rotation.Transposed; // row form: row @ transposed
        var row = new Vec3(
            (p.X * r.M00) + (p.Y * r.M10) + (p.Z * r.M20), (p.X * r.M01) + (p.Y * r.M11) + (p.Z * r.M21),
            (p.X * r.M02) + (p.Y * r.M12) + (p.Z * r.M22)) + worldFromCam.Translation;
        var at = 3 * ((y * K.Width) + x);
        Assert.Equal(row.X, world[at], 1e-9);
        Assert.Equal(row.Y, world[at + 1], 1e-9);
        Assert.Equal(row.Z, world[at + 2], 1e-9);
    }

    [Fact]
    public void A3_IntrinsicsScaleToTheWorkingSize()
    {
        var scaled = Intrinsics.Centered(768, 768, 640, 360).ScaledTo(384, 256);
        Assert.Equal((460.8, 546.133333, 191.5, 127.5), (Math.Round(scaled.Fx, 6), Math.Round(scaled.Fy, 6), scaled.Cx, scaled.Cy));
    }

    [Fact]
    public void A4_SidewaysTranslation()
    {
        var predicted = Predict(RigidTransform.Identity, At(0.5, 0, 0), Plane(10), null);
        Assert.InRange(Largest(predicted.Flow.select(2, 0).add(23.04)), 0, 2e-3);
        Assert.InRange(Largest(predicted.Flow.select(2, 1)), 0, 1e-3);
        Assert.InRange(Largest(predicted.DepthPredicted.sub(10)), 0, 1e-5);
    }

    [Fact]
    public void A5_ForwardTranslation()
    {
        var flow = Predict(RigidTransform.Identity, At(0, 0, 1), Plane(10), null).Flow;
        AssertFlow(flow, 300, 200, 12.05556, 8.05556);
    }

    [Fact]
    public void A6_Yaw()
    {
        var (c, s) = (Math.Cos(Math.PI / 90), Math.Sin(Math.PI / 90));
        var yaw = new RigidTransform(new Mat3(c, 0, s, 0, 1, 0, -s, 0, c), Vec3.Zero).Inverse();
        var predicted = Predict(RigidTransform.Identity, yaw, Plane(10), null);
        AssertFlow(predicted.Flow, 300, 200, -16.84512, -0.54743);
        Assert.Equal(10.07608, predicted.DepthPredicted[200, 300].item<float>(), 1e-4);
        var middle = 0.5 * (predicted.Flow[127, 191, 0].item<float>() + predicted.Flow[128, 192, 0].item<float>());
        Assert.Equal(-16.09149, middle, 2e-3);
    }

    [Fact]
    public void A7_TheTruthHasNoLoss()
    {
        var camera2 = At(0.5, 0, 0);
        var flow = Predict(RigidTransform.Identity, camera2, Plane(10), null).Flow;
        var predicted = Predict(RigidTransform.Identity, camera2, Plane(10), flow);
        var mask = ones([K.Height, K.Width]);
        Assert.InRange(PairLosses.Flow(predicted.Flow, flow, mask, squared: false).item<float>(), 0, 1e-4);
        Assert.InRange(PairLosses.Disparity(predicted.DepthPredicted, predicted.DepthWarped, mask).item<float>(), 0, 1e-3);
    }

    [Fact]
    public void A8_ZeroFlowWarpsNothing()
    {
        var image = rand([K.Height, K.Width]);
        Assert.InRange(Largest(PairGeometry.WarpBack(image, zeros([K.Height, K.Width, 2])).sub(image)), 0, 1e-4);
    }

    [Fact]
    public void A9_BehindTheCameraThereIsNoMotionAndNoGradient()
    {
        var depth = Plane(10).requires_grad_(true);
        var predicted = PairGeometry.Predict(K, RigidTransform.Identity, At(0, 0, 20), depth, Plane(10), null, Still());
        Assert.Equal(0, Largest(predicted.Flow));
        predicted.Flow.abs().sum().backward();
        Assert.Equal(0, Largest(depth.grad!));
    }

    [Fact]
    public void A10_EverythingIsFiniteVeryFarAway()
    {
        var predicted = Predict(At(0.1, 0, 0), At(0, 0.1, 1), Plane(1e6), null);
        foreach (var t in new[] { predicted.Flow, predicted.DepthPredicted, predicted.DepthWarped, predicted.World })
            Assert.True(double.IsFinite(t.abs().sum().item<float>()));
    }

    private static PairPrediction Predict(RigidTransform camera1, RigidTransform camera2, Tensor depth, Tensor? flow) =>
        PairGeometry.Predict(K, camera1, camera2, depth, depth, null, flow ?? Still(depth.dtype));

    private static Tensor Still(ScalarType type = ScalarType.Float32) => zeros([K.Height, K.Width, 2], dtype: type);

    private static Tensor Plane(double depth, ScalarType type = ScalarType.Float32) => full([K.Height, K.Width], depth, dtype: type);

    private static RigidTransform At(double x, double y, double z) => new(Mat3.Identity, new Vec3(-x, -y, -z));

    private static double Largest(Tensor t) => t.detach().abs().max().to_type(ScalarType.Float64).item<double>();

    private static void AssertFlow(Tensor flow, int x, int y, double du, double dv)
    {
        Assert.Equal(du, flow[y, x, 0].item<float>(), 1e-4);
        Assert.Equal(dv, flow[y, x, 1].item<float>(), 1e-4);
    }
}
