using Depth3D.Imaging;
using Depth3D.Reconstruction.Evaluation.Loops;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Tests.Evaluation.Loops;

/// <summary>Acceptance checks G1 and G2 of the specification of looping video, and the steps at a loop's end.</summary>
public sealed class LoopScoresTests
{
    private const int Width = 40, Height = 30, Period = 9;

    [Fact]
    public void G1_ACropIsCoherentTheWholeIsCompleteAndOrderDoesNotChangeDeviations()
    {
        var clip = Clip(24, 24);
        var crop = clip[5..17];
        Assert.Equal(0, LoopScores.Measure(crop, clip, 0).Coherence);
        Assert.True(LoopScores.Measure(crop, clip, 0).Completeness > 1);
        var whole = LoopScores.Measure(clip, clip, 0, 2);
        Assert.Equal((0, 0, 0), (whole.Completeness, whole.Coherence, whole.DeviationError));
        Assert.Equal(0, LoopScores.Measure([.. clip.Reverse()], clip, 0).DeviationError);
        Assert.True(LoopScores.Measure(crop, clip, 0).DeviationError > 0);
    }

    [Fact]
    public void G2_OnlyACutCostsLoopQuality()
    {
        var clip = Clip(30, Period);
        Assert.Equal(0, LoopScores.Measure(clip[4..(4 + Period)], clip, 0).LoopQuality);
        Assert.True(LoopScores.Measure(clip[4..(4 + Period - 2)], clip, 0).LoopQuality > 5);
    }

    [Fact]
    public void AStepOverTheEndIsSeenAgainstTheOthers()
    {
        Raster<byte>[] Ramp(params byte[] levels) => [.. levels.Select(l => new Raster<byte>(8, 8, 3, [.. Enumerable.Repeat(l, 192)]))];
        var smooth = LoopSteps.Measure(Ramp(0, 10, 20, 10));
        Assert.Equal((10 / 255.0, 10 / 255.0, true), (smooth.Seam, smooth.Mean, smooth.IsSeamless));
        var jump = LoopSteps.Measure(Ramp(0, 10, 20, 30));
        Assert.Equal((30 / 255.0, 10 / 255.0, false), (jump.Seam, jump.Largest, jump.IsSeamless));
        Assert.True(LoopSteps.Measure(Ramp(7)).IsSeamless);
    }

    [Fact]
    public void AFrozenLoopHasNoDeviation()
    {
        var clip = Clip(20, Period);
        Assert.Equal(1, TemporalSpread.Ratio(clip, clip));
        Assert.Equal(0, TemporalSpread.Ratio([.. Enumerable.Repeat(clip[0], 9)], clip));
        Assert.InRange(TemporalSpread.Ratio(clip[..Period], clip), 0.95, 1.05);
    }

    [Fact]
    public void WhatLoopsIsLeftOutOfTheStillPart()
    {
        var clip = Clip(5, 5);
        var loopable = Enumerable.Range(0, Width * Height).Select(p => p % Width < 20).ToArray();
        Raster<byte>[] changed = [.. clip.Select(f => f.Clone())];
        foreach (var frame in changed)
            for (var p = 0; p < loopable.Length; p++)
                if (loopable[p]) frame.Samples[3 * p] ^= 255;
        var quality = StillQuality.Measure(changed, clip, loopable);
        Assert.Equal(double.PositiveInfinity, quality.Psnr);
        Assert.Equal(1, quality.Ssim, 1e-6);
        Assert.Equal(5 * Height * 20, quality.Pixels);
    }

    /// <summary>Random pictures that come again.</summary>
    private static Raster<byte>[] Clip(int frames, int period) => [.. Enumerable.Range(0, frames).Select(t =>
    {
        var random = new CounterRandom(7, t % period, 0);
        return new Raster<byte>(Width, Height, 3, [.. Enumerable.Range(0, 3 * Width * Height).Select(n => (byte)random.Below(256, (ulong)n))]);
    })];
}
