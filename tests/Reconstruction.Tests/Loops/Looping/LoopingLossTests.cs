using Depth3D.Reconstruction.Loops.Looping;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Loops.Looping;

/// <summary>Acceptance checks D1-D9 and D11 of the specification of looping video.</summary>
public sealed class LoopingLossTests : IDisposable
{
    private const double Exact = 1e-12;

    private static readonly PatchSettings Small = PatchSettings.Other, Large = PatchSettings.Reference with { Gain = 1 };

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(3, double.PositiveInfinity)]
    [InlineData(3, 1e-3)]
    [InlineData(3, 1e-6)]
    [InlineData(11, double.PositiveInfinity)]
    [InlineData(11, 1e-3)]
    [InlineData(11, 1e-6)]
    public void D1_ACropOfOnePeriodCostsNothing(int size, double alpha)
    {
        var input = LoopClips.Periodic(20, 6, 19, 23, 1);
        var patch = new PatchSettings { Size = size, Stride = size == 3 ? 2 : 4, Alpha = alpha };
        for (var first = 0; first < 3; first++)
        {
            var crop = input.narrow(0, first, 6);
            Assert.InRange(Loss(crop, input, patch), 0, Exact);
            Assert.InRange(Loss(crop, input, patch with { Circular = false }), 0, Exact);
        }

        Assert.InRange(Loss(input.narrow(0, 2, 6).roll(4, 0), input, patch), 0, Exact);
    }

    [Fact]
    public void D2_OnlyPaddingSeesTheCut()
    {
        var input = LoopClips.Noise(29, 13, 15, 2);
        var crop = input.narrow(0, 7, 8);
        var open = PatchSearch.Nearest(FrameDistances.Of(crop, input, Small, wraps: false), Small.Alpha);
        Assert.InRange(LoopClips.Largest(RetargetedClip.Fold(open, input, 8, Small).Mean().sub(crop)), 0, Exact);
        Assert.InRange(Loss(crop, input, Small with { Circular = false }), 0.02, 1);
        Assert.InRange(Loss(crop, input, Small), 0.02, 1);
    }

    [Fact]
    public void D3_ThePaddedClipHasThePatchesOfTheEndlessOne()
    {
        var loop = LoopClips.Noise(5, 3, 3, 3);
        var patch = Small;
        static double[][] Patches(Tensor clip, int count) =>
            [.. Enumerable.Range(0, count).Select(i => clip.narrow(0, i, 3).contiguous().data<double>().ToArray())];
        var padded = Patches(cat([loop, loop.narrow(0, 0, patch.Frames - 1)], 0), 5);
        var endless = Patches(loop.repeat(4, 1, 1, 1), 18);
        Assert.Equal(5, endless.Select(p => string.Join(' ', p)).Distinct().Count());
        Assert.Equal(padded.Select(p => string.Join(' ', p)).Order(), endless.Select(p => string.Join(' ', p)).Distinct().Order());
        var wrapped = UnfoldedPatches.Distances(loop, LoopClips.Noise(9, 3, 3, 4), patch);
        Assert.Equal(5, wrapped.shape[0]);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(11, 4)]
    [InlineData(5, 3)]
    public void D4_BoxFilteredDistancesAreThoseOfUnfoldedPatches(int size, int stride)
    {
        var patch = new PatchSettings { Size = size, Stride = stride };
        var (output, input) = (LoopClips.Noise(7, 22, 17, 5), LoopClips.Noise(12, 22, 17, 6));
        foreach (var wraps in new[] { true, false })
            Assert.InRange(LoopClips.Largest(FrameDistances.Of(output, input, patch, wraps).sub(UnfoldedPatches.Distances(output, input, patch, wraps))), 0, Exact);
    }

    [Fact]
    public void D4_TheFoldedTargetIsTheAverageOfTheTakenPatches()
    {
        var input = LoopClips.Noise(9, 15, 11, 7);
        var patch = Large with { Size = 5, Stride = 3 };
        var keys = PatchSearch.Nearest(FrameDistances.Of(LoopClips.Noise(4, 15, 11, 8), input, patch), patch.Alpha);
        foreach (var frames in new[] { 4, 6 })
        {
            var folded = RetargetedClip.Fold(keys, input, frames, patch).Mean();
            Assert.InRange(LoopClips.Largest(folded.sub(Averaged(keys, input, frames, patch))), 0, Exact);
        }
    }

    [Fact]
    public void D5_TheCircularLossDoesNotMindWhereTheLoopBegins()
    {
        var (output, input) = (LoopClips.Noise(6, 13, 13, 9), LoopClips.Noise(15, 13, 13, 10));
        var loss = Loss(output, input, Large);
        for (var k = 1; k < 6; k++) Assert.Equal(loss, Loss(output.roll(k, 0), input, Large), Exact);
        Assert.NotEqual(Loss(output, input, Large with { Circular = false }), Loss(output.roll(2, 0), input, Large with { Circular = false }), 1e-6);
    }

    [Fact]
    public void D6_TheRobustPenalty()
    {
        Assert.Equal(0, RobustPenalty.Of(0.0));
        Assert.Equal(0.0198019802, RobustPenalty.Of(0.02), 1e-10);
        Assert.Equal(1.9230769, RobustPenalty.Of(1.0), 1e-7);
        for (var r = 0.01; r < 2; r += 0.01)
        {
            Assert.Equal(RobustPenalty.Of(r), RobustPenalty.Of(-r));
            Assert.True(RobustPenalty.Of(r) > RobustPenalty.Of(r - 0.01));
            Assert.Equal(General(r), RobustPenalty.Of(r), 1e-6);
            Assert.Equal((RobustPenalty.Of(r + 1e-6) - RobustPenalty.Of(r - 1e-6)) / 2e-6, RobustPenalty.Slope(r), 1e-6);
        }

        var many = tensor([-0.3, 0, 0.7], dtype: ScalarType.Float64);
        Assert.Equal([RobustPenalty.Of(-0.3), 0, RobustPenalty.Of(0.7)], RobustPenalty.Of(many).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Exact);
        Assert.Equal([RobustPenalty.Slope(-0.3), 0, RobustPenalty.Slope(0.7)], RobustPenalty.Slope(many).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < Exact);

        // Barron's general form, shape -2 and scale c = 0.1, times 10 c.
        static double General(double r)
        {
            var (shape, scale) = (-2.0, 0.1);
            var b = Math.Abs(shape - 2);
            return 10 * scale * b / shape * (Math.Pow(((r / scale) * (r / scale) / b) + 1, shape / 2) - 1);
        }
    }

    [Fact]
    public void D7_AFrozenStartStaysFrozenWithoutNoise()
    {
        var input = LoopClips.Travelling(40, 12, 23, 31, 0.02, 11);
        var start = input.mean([0], true).repeat(12, 1, 1, 1);
        Assert.InRange(Deviation(Optimised(start, input, 0)), 0, 1e-9);
        Assert.InRange(Deviation(Optimised(start, input, 0.02)) / Deviation(input), 0.9, 1.1);
    }

    [Fact]
    public void D8_NoAlphaDividesByZero()
    {
        var input = LoopClips.Periodic(14, 5, 13, 15, 12);
        var output = input.narrow(0, 0, 5).clone().requires_grad_(true);
        var loss = LoopingLoss.Of(output, input, Large with { Alpha = 0 });
        loss.backward();
        Assert.True(double.IsFinite(loss.item<double>()));
        Assert.True(output.grad!.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(3, 2, 17)]
    [InlineData(11, 4, 29)]
    [InlineData(11, 4, 65)]
    public void D9_MacroBlocksChangeNothing(int size, int stride, int block)
    {
        var patch = new PatchSettings { Size = size, Stride = stride, Alpha = 1e-3 };
        var (output, input) = (LoopClips.Noise(4, 39, 71, 13), LoopClips.Noise(8, 39, 71, 14));
        var (whole, blocked) = (LoopingLoss.Target(output, input, patch, block: 1000), LoopingLoss.Target(output, input, patch, block: block));
        Assert.InRange(LoopClips.Largest(whole.Sum.sub(blocked.Sum)), 0, Exact);
        Assert.Equal(0, LoopClips.Largest(whole.Count.sub(blocked.Count)));
    }

    [Fact]
    public void D11_TheExposureFactor()
    {
        var bright = LoopClips.Noise(1, 20, 20, 15).mul(0.5).add(0.4);
        Assert.InRange(ExposureFactor.Of(bright.div(2), bright), 1.24, 1.25);
        Assert.Equal(1, ExposureFactor.Of(bright, bright), Exact);
    }

    [Fact]
    public void AKeyThatIsMostlyInvalidIsNotTaken()
    {
        var input = LoopClips.Periodic(20, 6, 19, 19, 16);
        var output = input.narrow(0, 0, 6);
        var valid = ones([20, 19, 19], dtype: ScalarType.Float64);
        valid.narrow(0, 0, 3).narrow(2, 0, 9).fill_(0);
        var usable = PatchSearch.Usable(valid, Large);
        var keys = PatchSearch.Nearest(FrameDistances.Of(output, input, Large), 1e-3, usable);
        Assert.True(keys.narrow(2, 0, 2).ge(3).all().item<bool>());
        Assert.InRange(LoopClips.Largest(LoopingLoss.Target(output, input, Large, valid).Mean().sub(output)), 0, Exact);
    }

    private static double Loss(Tensor output, Tensor input, PatchSettings patch) => LoopingLoss.Of(output, input, patch, exposure: false).item<double>();

    private static double Deviation(Tensor clip) => clip.std(0, unbiased: false).mean().item<double>();

    /// <summary>150 steps of Adam on logits from these frames.</summary>
    private static Tensor Optimised(Tensor start, Tensor input, double noise)
    {
        var random = new CounterRandom(17, 0, 0);
        var jitter = tensor([.. Enumerable.Range(0, (int)start.numel()).Select(i => noise * random.Normal((ulong)i))], start.shape, ScalarType.Float64);
        var logits = start.log().sub(start.neg().add(1).log()).add(jitter).detach().requires_grad_(true);
        using var adam = new AdamState([("logits", logits)], 0.9, 0.999);
        for (var step = 1; step <= 150; step++)
        {
            using var scope = NewDisposeScope();
            LoopingLoss.Of(logits.sigmoid(), input, Small with { Alpha = PatchSettings.SmallestAlpha }).backward();
            adam.Step(0.05, step);
        }

        return logits.detach().sigmoid();
    }

    /// <summary>The definition, number by number.</summary>
    private static Tensor Averaged(Tensor keys, Tensor input, int frames, PatchSettings patch)
    {
        var (height, width) = ((int)input.shape[2], (int)input.shape[3]);
        var (taken, clip) = (keys.data<long>().ToArray(), input.data<double>().ToArray());
        var (sum, count) = (new double[frames * 3 * height * width], new int[frames * 3 * height * width]);
        int rows = patch.Places(height), columns = patch.Places(width);
        for (var n = 0; n < taken.Length; n++)
        {
            var (i, top, left) = (n / (rows * columns), n / columns % rows * patch.Stride, n % columns * patch.Stride);
            foreach (var (d, c, y, x) in from d in Enumerable.Range(0, patch.Frames)
                                         from c in Enumerable.Range(0, 3)
                                         from y in Enumerable.Range(top, patch.Size)
                                         from x in Enumerable.Range(left, patch.Size)
                                         select (d, c, y, x))
            {
                var at = ((((((i + d) % frames) * 3) + c) * height) + y) * width + x;
                sum[at] += clip[((((((int)taken[n] + d) * 3) + c) * height) + y) * width + x];
                count[at]++;
            }
        }

        return tensor([.. sum.Zip(count, (s, k) => k == 0 ? 0 : s / k)], [frames, 3, height, width], ScalarType.Float64);
    }
}
