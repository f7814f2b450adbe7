using Depth3D.Messages;
using Depth3D.Reconstruction.Networks;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Networks;

public sealed class UNetTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("unet")]
    [InlineData("unet:residual")]
    public void IsCompactAndAFunctionOfItsSeed(string spec)
    {
        using var one = DepthNetworks.Open(spec, new DepthNetworkOptions { Seed = 3 });
        using var same = DepthNetworks.Open(spec, new DepthNetworkOptions { Seed = 3 });
        using var other = DepthNetworks.Open(spec, new DepthNetworkOptions { Seed = 4 });
        Assert.Equal(spec, one.Name);
        Assert.InRange(one.Parameters.Sum(p => p.Value.numel()), 500_000, 1_000_000);
        Assert.All(one.Parameters, p => Assert.True(p.Value.requires_grad && p.Value.is_leaf));
        Assert.Equal(one.Parameters.Count, one.Parameters.Select(p => p.Name).Distinct().Count());
        Assert.Equal(Bytes(one), Bytes(same));
        Assert.NotEqual(Bytes(one), Bytes(other));
    }

    [Fact]
    public void GivesPositiveDepthOfThePicturesSize()
    {
        using var network = new UNet(1, CPU);
        foreach (var (_, value) in network.Parameters)
        {
            using var off = no_grad();
            value.mul_(100); // depth must stay finite with weights gone wild
        }

        var depth = network.Depth(Smooth(2, 48, 80));
        Assert.Equal([2L, 1, 48, 80], depth.shape);
        Assert.True(depth.isfinite().all().item<bool>() && depth.gt(0).all().item<bool>());
    }

    [Fact]
    public void TheResidualFormStartsAtThePrior()
    {
        using var network = new UNet(1, CPU, residual: true);
        var prior = Slope(2, 32, 48);
        Assert.InRange(network.Depth(Smooth(2, 32, 48), prior).div(prior).sub(1).abs().max().item<float>(), 0, 1e-6f);
        Assert.Throws<InvalidOperationException>(() => network.Depth(Smooth(2, 32, 48)));
    }

    [Fact]
    public void SidesThatAreNoMultiplesAreRefused()
    {
        using var network = new UNet(1, CPU);
        Assert.Contains("multiples of 16, got 50x32", Assert.Throws<Depth3DException>(() => network.Depth(Smooth(1, 32, 50))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Depth(Smooth(1, 32, 48)[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LearnsGivenDepthTheSameWayEveryTime(bool residual)
    {
        float[] Losses()
        {
            using var network = new UNet(1, CPU, residual);
            using var adam = new AdamState(network.Parameters, 0.9, 0.99);
            var (rgb, prior) = (Smooth(2, 32, 48), full([2, 1, 32, 48], 3f));
            var losses = new float[10];
            for (var step = 0; step < losses.Length; step++)
            {
                using var scope = NewDisposeScope();
                var loss = network.Depth(rgb, prior).log().sub(Slope(2, 32, 48).log()).abs().mean();
                loss.backward();
                losses[step] = loss.item<float>();
                adam.Step(2e-3, step + 1);
            }

            return losses;
        }

        var first = Losses();
        Assert.InRange(first[^1], 0, 0.97f * first[0]);
        Assert.Equal(first, Losses());
    }

    [Fact]
    public void AnUnknownNetworkIsNamed()
    {
        var error = Assert.Throws<Depth3DException>(() => DepthNetworks.Open("hourglass", new DepthNetworkOptions()));
        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("hourglass", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(IDepthNetwork network) => [.. network.Parameters.SelectMany(p => p.Value.ToBytes())];

    private static Tensor Ramp(int frames, int height, int width) =>
        arange(frames * height * width).to(ScalarType.Float32).reshape(frames, 1, height, width).div(frames * height * width);

    private static Tensor Smooth(int frames, int height, int width)
    {
        var x = Ramp(frames, height, width);
        return cat([x, x.mul(40).sin().mul(0.5).add(0.5), x.mul(7).cos().mul(0.5).add(0.5)], 1);
    }

    private static Tensor Slope(int frames, int height, int width) => Ramp(frames, height, width).mul(6).add(2);
}
