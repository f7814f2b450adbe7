using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Optimisation;

/// <summary>Acceptance checks D1 (network sizes), D4, E1, E2, E7 and E8 of the specification.</summary>
public sealed class SceneFlowFieldTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(256, 4, 297_987)]
    [InlineData(48, 6, 20_643)]
    public void D1_ParameterCounts(int width, int layers, long expected)
    {
        using var field = new SceneFlowField(width, layers, 100, 1, CPU);
        Assert.Equal(expected, field.Parameters.Sum(p => p.Value.numel()));
    }

    [Fact]
    public void D4_Encoding()
    {
        Assert.Equal(1, SceneFlowEncoding.FrequencyTable[0]);
        Assert.Equal(2.066667, SceneFlowEncoding.FrequencyTable[1], 1e-6);
        Assert.Equal(17, SceneFlowEncoding.FrequencyTable[15]);
        Assert.Equal([0, .. Enumerable.Repeat(1.0, 16), .. Enumerable.Repeat(0.0, 16)], Encode([0.0], 1));
        Assert.Equal([0, 0, 0, .. Enumerable.Repeat(1.0, 48), .. Enumerable.Repeat(0.0, 48)], Encode([0, 0, 0.0], 3));
        var t = Encode([0.25], 1);
        Assert.Equal(0.968912, t[1], 1e-6);
        Assert.Equal(-0.446087, t[16], 1e-6);
        Assert.Equal(0.247404, t[17], 1e-6);
        Assert.Equal(-0.894989, t[32], 1e-6);
        var xyz = Encode([0.1, 0.2, 0.3], 3);
        Assert.Equal([0.1, 0.2, 0.3, Math.Cos(0.1), Math.Cos(0.2), Math.Cos(0.3)], xyz[..6].Select(v => Math.Round(v, 12)), Near);
    }

    [Fact]
    public void E1_AConstantFieldAddsUpAndDoesNotAccelerate()
    {
        using var field = new SceneFlowField(8, 1, 100, 1, CPU, ScalarType.Float64);
        using (no_grad())
        {
            foreach (var (_, value) in field.Parameters) value.zero_();
            field.Parameters[^1].Value.copy_(tensor(new[] { 1.0, -2, 3 }, [3]));
        }

        var path = field.Unroll(rand([5, 3], dtype: ScalarType.Float64), zeros([5, 1], dtype: ScalarType.Float64), 0.1, 4);
        Assert.InRange(path.Totals[3].sub(tensor(new[] { 0.04, -0.08, 0.12 }, [1, 3])).abs().max().item<double>(), 0, 1e-15);
        Assert.Equal(0, PairLosses.Acceleration(path.First, path.Second).item<double>());
    }

    [Theory]
    [InlineData(24)]
    [InlineData(997)]
    [InlineData(100_000)]
    public void E2_GapsAreIntegersInClipsOfAnyLength(int frames)
    {
        using var field = new SceneFlowField(8, 1, 1, 1, CPU);
        using (no_grad())
        {
            foreach (var (_, value) in field.Parameters) value.zero_();
            field.Parameters[^1].Value.copy_(tensor(new[] { 1f, 0, 0 }, [3]));
        }

        int[] gaps = [1, 2, 4, 6, 8];
        foreach (var frame in new[] { 0, frames / 3, frames - 9 })
        {
            var batch = new MovingBatch(1, gaps);
            batch.SetPoint(0, 5, 5, frame, 0, new Vec3(0, 0, 1), Vec3.Zero, (double)frame / frames);
            foreach (var gap in gaps) batch.SetTarget(0, gap, gap, 0, frame + gap, 0, RigidTransform.Identity);
            var path = field.Unroll(zeros([1, 3]), full([1, 1], batch.Values[MovingBatch.Time]), 1.0 / frames, gaps[^1]);
            Assert.Equal(gaps[^1], path.Totals.Count);
            for (var g = 0; g < gaps.Length; g++)
            {
                Assert.Equal(gaps[g], batch.Values[MovingBatch.TargetRow(g) + MovingBatch.X2]);
                Assert.Equal(frame + gaps[g], batch.Values[MovingBatch.TargetRow(g) + MovingBatch.Frame2]);
                Assert.Equal(gaps[g], path.Totals[gaps[g] - 1][0, 0].item<float>());
            }
        }
    }

    [Fact]
    public void E7_PrefixesOfALongUnrollAreTheShortOnes()
    {
        using var field = new SceneFlowField(16, 2, 100, 5, CPU);
        var (x, t) = (rand([50, 3]), rand([50, 1]));
        var path = field.Unroll(x, t, 1 / 24.0, 8);
        foreach (var gap in new[] { 1, 2, 4, 6, 8 })
        {
            var alone = field.Unroll(x, t, 1 / 24.0, gap);
            Assert.InRange(path.Totals[gap - 1].sub(alone.Totals[^1]).abs().max().item<float>(), 0, 1e-6);
            Assert.InRange(path.Second.sub(alone.Second).abs().max().item<float>(), 0, 1e-6);
        }
    }

    [Fact]
    public void E8_GradientOfProjectionAndUnroll()
    {
        var k = Intrinsics.Centered(20, 20, 6, 4);
        var (camera1, camera2) = (RigidTransform.Identity, new RigidTransform(Mat3.FromRotationVector(new Vec3(0.02, 0.05, -0.03)), new Vec3(0.2, -0.1, 0.1)));
        using var field = new SceneFlowField(8, 1, 10, 2, CPU, ScalarType.Float64);
        // Fixed values: the leaky rectifier has kinks, and a random depth now and then lies within the difference step of one.
        var depth = tensor(Enumerable.Range(0, 24).Select(i => 2 + (i * 7919 % 97 / 97.0)).ToArray(), [4, 6], dtype: ScalarType.Float64).requires_grad_(true);
        Tensor Loss(Tensor d)
        {
            var world = PairGeometry.Unproject(k, camera1, d).reshape(24, 3);
            var flow = field.Unroll(world, zeros([24, 1], dtype: ScalarType.Float64), 0.1, 3).Totals[2].reshape(4, 6, 3);
            var p = PairGeometry.Predict(k, camera1, camera2, d, d, flow, full([4, 6, 2], 0.3, dtype: ScalarType.Float64));
            return p.Flow.square().sum().add(p.DepthPredicted.sub(p.DepthWarped).square().sum());
        }

        Loss(depth).backward();
        for (var i = 0; i < 24; i += 5)
        {
            var step = zeros([4, 6], dtype: ScalarType.Float64);
            step[i / 6, i % 6] = tensor(1e-5);
            var numeric = Loss(depth.detach().add(step)).sub(Loss(depth.detach().sub(step))).item<double>() / 2e-5;
            var analytic = depth.grad![i / 6, i % 6].item<double>();
            Assert.InRange(Math.Abs(numeric - analytic), 0, 1e-6 * Math.Max(1, Math.Abs(numeric)));
        }
    }

    private static double[] Encode(double[] x, int channels) =>
        SceneFlowEncoding.Encode(tensor(x, [1, channels], dtype: ScalarType.Float64),
            SceneFlowEncoding.FrequencyTensor(ScalarType.Float64, CPU)).data<double>().ToArray();

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-11;
}
