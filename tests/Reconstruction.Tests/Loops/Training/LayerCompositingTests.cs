using Depth3D.Reconstruction.Loops.Training;
using Depth3D.Reconstruction.Tests.Loops.Looping;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Loops.Training;

/// <summary>Acceptance check B4 of the specification of looping video: gradients against finite differences.</summary>
public sealed class LayerCompositingTests : IDisposable
{
    private const int Pixels = 3, Layers = 4, Frames = 2, Rows = 9;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(1)]
    public void B4_TheGradientIsThatOfFiniteDifferences(double alpha)
    {
        var samples = LoopClips.Noise(Rows, 1, 8, 21).reshape(-1).narrow(0, 0, Rows * Frames * 4).reshape(Rows, Frames, 4).clone();
        if (!double.IsNaN(alpha)) samples.narrow(0, 3, 3).select(-1, 3).fill_(alpha);
        samples.narrow(0, Rows - 1, 1).zero_();
        var compositing = new LayerCompositing(tensor(new long[] { 0, 3, 4, 8, 1, 5, 8, 8, 6, 4, 2, 7 }, [Pixels, Layers]));
        var slope = LoopClips.Noise(1, Pixels, Frames * 4, 22).reshape(-1).narrow(0, 0, Pixels * Frames * 4).reshape(Pixels, Frames, 4);
        var gradient = compositing.Back(samples, slope).data<double>().ToArray();
        var values = samples.data<double>().ToArray();
        for (var n = 0; n < (Rows - 1) * Frames * 4; n++)
        {
            // What is shown is linear in every single number, so the difference quotient is exact but for rounding.
            double At(double by)
            {
                var moved = (double[])values.Clone();
                moved[n] += by;
                return compositing.Show(tensor(moved, [Rows, Frames, 4])).mul(slope).sum().item<double>();
            }

            var expected = (At(0.01) - At(-0.01)) / 0.02;
            Assert.Equal(expected, gradient[n], 1e-6 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void TheGradientIsThatOfAutograd()
    {
        var samples = LoopClips.Noise(Rows, 1, 8, 23).reshape(-1).narrow(0, 0, Rows * Frames * 4).reshape(Rows, Frames, 4).clone().requires_grad_(true);
        var compositing = new LayerCompositing(tensor(new long[] { 0, 3, 4, 8, 1, 5, 8, 8, 6, 4, 2, 7 }, [Pixels, Layers]));
        var shown = compositing.Show(samples);
        var slope = ones_like(shown).mul(0.7);
        shown.backward(slope);
        using var frozen = no_grad();
        Assert.InRange(LoopClips.Largest(samples.grad!.sub(compositing.Back(samples.detach(), slope))), 0, 1e-12);
    }
}
