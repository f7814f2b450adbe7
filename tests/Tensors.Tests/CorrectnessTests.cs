using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Depth3D.Tensors.Tests;

/// <summary>The binding against mathematics: what passes here passes through every layer down to LibTorch and back.</summary>
public sealed class CorrectnessTests
{
    [Fact]
    public void An_analytic_gradient_comes_back()
    {
        using var scope = NewDisposeScope();
        var values = new float[] { -1.5f, -0.3f, 0.2f, 0.9f, 2.1f };
        var x = tensor(values, requires_grad: true);
        (x.sin() * x.exp()).sum().backward();
        var gradient = x.grad!.data<float>().ToArray();
        for (var i = 0; i < values.Length; ++i)
        {
            var expected = Math.Exp(values[i]) * (Math.Sin(values[i]) + Math.Cos(values[i]));
            Assert.Equal(expected, gradient[i], 5e-6);
        }
    }

    [Fact]
    public void Finite_differences_agree_through_convolution_and_resampling()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var weight = randn([3, 2, 3, 3], dtype: float64) * 0.3;
        var theta = tensor(new[] { 0.9, 0.1, 0.05, -0.08, 1.1, -0.03 }, [1, 2, 3]);
        Tensor Loss(Tensor image)
        {
            var features = nn.functional.conv2d(image, weight, padding: [1, 1]).relu();
            var large = nn.functional.interpolate(features, size: [9, 11], mode: InterpolationMode.Bilinear, align_corners: true);
            var grid = nn.functional.affine_grid(theta, [1, 3, 8, 8], align_corners: false);
            var sampled = nn.functional.grid_sample(large, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
            return (sampled * sampled).mean();
        }

        var start = randn([1, 2, 6, 7], dtype: float64);
        var x = start.clone().requires_grad_();
        Loss(x).backward();
        var analytic = x.grad!.data<double>().ToArray();
        var numbers = start.data<double>().ToArray();
        const double step = 1e-6;
        for (var i = 0; i < numbers.Length; i += 5)
        {
            double At(double delta)
            {
                var moved = (double[])numbers.Clone();
                moved[i] += delta;
                return Loss(tensor(moved, [1, 2, 6, 7])).item<double>();
            }

            Assert.Equal((At(step) - At(-step)) / (2 * step), analytic[i], 1e-7);
        }
    }

    [Fact]
    public void Scatter_add_sends_the_gradient_back_to_its_sources()
    {
        using var scope = NewDisposeScope();
        var index = tensor(new long[] { 2, 0, 2, 1 });
        var source = tensor(new float[] { 1, 2, 3, 4 }, requires_grad: true);
        var sums = zeros([3]).scatter_add(0, index, source);
        Assert.Equal([2f, 4f, 4f], sums.data<float>().ToArray());
        (sums * tensor(new float[] { 10, 20, 30 })).sum().backward();
        Assert.Equal([30f, 10f, 30f, 20f], source.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Adam_fits_a_small_network()
    {
        manual_seed(3);
        using var model = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 1));
        using var adam = optim.Adam(model.parameters(), lr: 3e-2);
        using var x = rand([256, 2]);
        using var y = WrappedTensorDisposeScope(() => (x.select(1, 0) * 3).sin().unsqueeze(1) + x.narrow(1, 1, 1));
        var (first, last) = (0f, 0f);
        for (var i = 0; i < 300; ++i)
        {
            using var scope = NewDisposeScope();
            adam.zero_grad();
            var loss = nn.functional.mse_loss(model.forward(x), y);
            loss.backward();
            adam.step();
            last = loss.item<float>();
            if (i == 0) first = last;
        }

        Assert.True(first > 0.1f && last < 8e-3f, $"the loss went from {first} to {last}");
    }

    [Fact]
    public void A_mismatch_arrives_with_the_text_of_LibTorch_and_no_backtrace()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones([2, 3]), ones([4, 5]));
        var error = Assert.Throws<TorchException>(() => a.matmul(b));
        Assert.Contains("2x3 and 4x5", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
        Assert.Equal(6f, a.sum().item<float>());
    }

    [Fact]
    public void Use_after_dispose_is_refused()
    {
        var x = ones([3]);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<ObjectDisposedException>(() => x.sum());
        using var y = ones([3]);
        Assert.Throws<ObjectDisposedException>(() => y.add(x));
        Assert.Throws<ObjectDisposedException>(() => cat([y, x]));
    }
}
