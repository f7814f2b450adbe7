using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Loops.Training;

namespace Depth3D.Reconstruction.Tests.Loops.Training;

/// <summary>Stage 2: what it learns, and acceptance check E2 (going on is the same as never having stopped).</summary>
public sealed class LoopOptimiserTests
{
    private static readonly LoopSettings Short = new() { SingleCamera = true, Epochs = 6, AlphaRate = 0, Seed = 5 };

    [Fact]
    public void ACropOfOnePeriodStaysWhatItIs()
    {
        var begin = SyntheticLoops.Of(SyntheticLoops.Travelling(SyntheticLoops.Period));
        using var optimiser = new LoopOptimiser(begin, [SyntheticLoops.Footage(SyntheticLoops.Travelling(30))], Short, 2);
        optimiser.Run(optimiser.TotalIterations);
        var change = begin.DynamicTexels.Zip(optimiser.Current.DynamicTexels, (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(change, 0, 0.01);
        Assert.InRange(optimiser.DeviationRatios[^1], 0.95, 1.05);
    }

    [Fact]
    public void ACutIsClosed()
    {
        // Ten frames of a period of eight: the step from the last to the first is three times the others'.
        var clip = SyntheticLoops.Travelling(40);
        var begin = SyntheticLoops.Of([.. clip.Take(10)]);
        using var optimiser = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short with { Epochs = 20 }, 2);
        var losses = optimiser.Run(optimiser.TotalIterations);
        var last = losses.Where(l => l.Level == optimiser.Levels.Count - 1).ToArray();
        Assert.True(last[^1].Looping < 0.5 * losses[0].Looping, $"{losses[0].Looping} to {last[^1].Looping}");
        var (before, after) = (Seam(begin), Seam(optimiser.Current));
        Assert.True(after < 0.7 * before, $"seam {before} to {after}");
        Assert.InRange(optimiser.DeviationRatios[^1], 0.7, 1.3);
    }

    [Fact]
    public void AFrozenStartThaws()
    {
        var clip = SyntheticLoops.Travelling(40);
        var begin = SyntheticLoops.Of([.. Enumerable.Repeat(clip[0], SyntheticLoops.Period)]);
        using var optimiser = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short with { SingleCamera = false, Epochs = 60 }, 2);
        optimiser.Run(optimiser.TotalIterations);
        Assert.InRange(optimiser.DeviationRatios[^1], TemporalDeviation.Alarm, 1.2);
    }

    /// <summary>The rungs of the memory ladder.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void SmallerSquaresAndFewerFramesAtATimeLearnTheSame(int divisor)
    {
        var clip = SyntheticLoops.Travelling(20);
        var begin = SyntheticLoops.Of([.. clip.Take(10)]);
        using var whole = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short, 2);
        using var divided = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short, 1, divisor: divisor);
        Assert.Equal(whole.Run(8), divided.Run(8));
        Assert.Equal(whole.Current.DynamicTexels, divided.Current.DynamicTexels);
        using var tensors = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short, 2, TorchSharp.torch.CPU);
        using var dividedTensors = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short, 2, TorchSharp.torch.CPU, divisor);
        var (a, b) = (tensors.Run(3), dividedTensors.Run(3));
        for (var n = 0; n < a.Count; n++) Assert.Equal(a[n].Looping, b[n].Looping, 1e-4 * a[n].Looping);
    }

    [Fact]
    public void TensorsLearnWhatTheProcessorLearns()
    {
        var clip = SyntheticLoops.Travelling(20);
        var begin = SyntheticLoops.Of([.. clip.Take(10)]);
        using var own = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short, 2);
        using var tensors = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short, 2, TorchSharp.torch.CPU);
        var (a, b) = (own.Run(8), tensors.Run(5).Concat(tensors.Run(8)).ToArray());
        for (var n = 0; n < a.Count; n++) Assert.Equal(a[n].Looping, b[n].Looping, 0.03 * a[n].Looping);
        using var resumed = new LoopOptimiser(begin, [SyntheticLoops.Footage(clip)], Short, 2, TorchSharp.torch.CPU);
        resumed.Restore(8, tensors.State());
        resumed.Run(11);
        tensors.Run(11);
        Assert.Equal(tensors.Current.DynamicTexels, resumed.Current.DynamicTexels);
    }

    [Fact]
    public void E2_GoingOnIsTheSameAsNeverHavingStopped()
    {
        var begin = SyntheticLoops.Random(5, 1, 1.5, 3);
        LoopFootage[] footage =
        [
            SyntheticLoops.Footage(SyntheticLoops.Travelling(14)),
            SyntheticLoops.Footage(SyntheticLoops.Travelling(11, 3), 1, SyntheticLoops.Beside, leads: false),
        ];
        var settings = Short with { SingleCamera = false, AlphaRate = 1, Epochs = 3 };
        using var whole = new LoopOptimiser(begin, footage, settings, 2);
        whole.Run(whole.TotalIterations);
        for (var stop = 1; stop < whole.TotalIterations; stop += 2)
        {
            using var first = new LoopOptimiser(begin, footage, settings, 1);
            first.Run(stop);
            using var second = new LoopOptimiser(begin, footage, settings, 1);
            second.Restore(stop, first.State());
            second.Run(whole.TotalIterations);
            Assert.Equal(whole.Current.DynamicTexels, second.Current.DynamicTexels);
            Assert.Equal(whole.Current.StaticTexels, second.Current.StaticTexels);
            Assert.Equal(whole.DeviationRatios, second.DeviationRatios);
        }
    }

    private static double Seam(MultiTileVideo video)
    {
        var sum = 0.0;
        for (var slot = 0; slot < video.Tiles.DynamicSlots; slot++)
        {
            var last = video.Tile(video.Tiles.StaticSlots + slot, video.Frames - 1);
            var first = video.Tile(video.Tiles.StaticSlots + slot, 0);
            for (var n = 0; n < last.Length; n++) sum += Math.Abs(last[n] - first[n]);
        }

        return sum;
    }
}
