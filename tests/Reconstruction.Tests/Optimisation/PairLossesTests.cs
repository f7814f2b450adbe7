using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Optimisation;

/// <summary>Acceptance checks E3 to E6 of the specification.</summary>
public sealed class PairLossesTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(2, 4, 25)]
    [InlineData(0, 4, 99975)]
    public void E3_Disparity(double z, double other, double expected) =>
        Assert.Equal(expected, PairLosses.Disparity(Map(z), Map(other), Map(1)).item<double>(), 1e-3);

    [Fact]
    public void E3_DisparityGradient()
    {
        var z = tensor(new[] { 2.0 }, [1, 1]).requires_grad_(true);
        PairLosses.Disparity(z, tensor(new[] { 4.0 }, [1, 1]), tensor(new[] { 1.0 }, [1, 1])).backward();
        Assert.Equal(-100.0 / 4, z.grad![0, 0].item<double>(), 1e-5);
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 5)]
    public void E4_AConstantFlowResidual(bool squared, double expected)
    {
        var residual = stack([Map(1), Map(-2)], 2);
        var mask = (rand([6, 8]) > 0.5).to_type(ScalarType.Float64);
        Assert.Equal(expected, PairLosses.Flow(residual, zeros_like(residual), mask, squared).item<double>(), 1e-6);
    }

    [Fact]
    public void E5_WhatIsMaskedHasNoInfluence()
    {
        var z = rand([6, 8], dtype: ScalarType.Float64).add(1).requires_grad_(true);
        var mask = ones([6, 8], dtype: ScalarType.Float64);
        using (no_grad()) mask.narrow(0, 2, 2).zero_();
        var loss = PairLosses.Disparity(z, Map(3), mask).add(PairLosses.LogDepth(z, Map(3), mask));
        loss.backward();
        Assert.Equal(0, z.grad!.narrow(0, 2, 2).abs().max().item<double>());
        Assert.True(z.grad!.narrow(0, 0, 2).abs().min().item<double>() > 0);

        var poisoned = z.detach().clone();
        poisoned.narrow(0, 2, 2).fill_(double.NaN);
        var again = PairLosses.Disparity(poisoned, Map(3), mask).add(PairLosses.LogDepth(poisoned, Map(3), mask));
        Assert.Equal(loss.item<double>(), again.item<double>());
    }

    [Fact]
    public void E6_OneBackwardIsTwo()
    {
        var x = rand([20, 3], dtype: ScalarType.Float64);
        using var field = new SceneFlowField(16, 2, 100, 3, CPU, ScalarType.Float64);
        var weight = field.Parameters[0].Value;
        Tensor Prior() => Path().Second.sub(Path().First).abs().mean();
        Tensor Main() => Path().Totals[1].square().sum();
        SceneFlowPath Path() => field.Unroll(x, zeros([20, 1], dtype: ScalarType.Float64), 0.1, 2);

        Main().add(Prior()).backward();
        var together = weight.grad!.clone();
        weight.grad!.zero_();
        Main().backward();
        Prior().backward();
        Assert.InRange(weight.grad!.sub(together).abs().max().item<double>(), 0, 1e-6);
    }

    [Fact]
    public void LogDepthIsTheSameAtAnyDistance() =>
        Assert.Equal(PairLosses.LogDepth(Map(2), Map(4), Map(1)).item<double>(), PairLosses.LogDepth(Map(20), Map(40), Map(1)).item<double>(), 1e-12);

    private static Tensor Map(double value) => full([6, 8], value, dtype: ScalarType.Float64);
}
