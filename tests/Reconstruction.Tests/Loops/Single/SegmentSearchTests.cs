using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Tests.Loops.Single;

public sealed class SegmentSearchTests
{
    private const int Period = 30;
    private const double Noise = 0.02;
    private static readonly SegmentSettings At25 = new() { FramesPerSecond = 25 };

    /// <summary>Check H2 of the specification.</summary>
    [Fact]
    public void ANoisyTextureOfPeriod30IsFoundAndItsSeamIsNoise()
    {
        var distances = FrameDistances.Of(PeriodicClip(120));

        var found = SegmentSearch.Find(distances, Noise * Noise, At25, count: 5);

        Assert.Equal(5, found.Count);
        Assert.All(found, segment => Assert.Equal(0, segment.Period % Period));
        Assert.Equal(Period, found[0].Period);
        Assert.InRange(found[0].SeamEnergy, 0.9 * 2 * Noise * Noise, 1.1 * 2 * Noise * Noise);
        Assert.InRange(found[0].Score, 0, 1.1);
    }

    [Fact]
    public void AClipThatOnlyDriftsScoresWorseThanTheLimit()
    {
        var drift = Enumerable.Range(0, 120).Select(t => Picture((x, y) => (0.005 * t) + Wobble(x, y, 0))).ToArray();

        var best = SegmentSearch.Find(FrameDistances.Of(drift), 1e-6, At25)[0];

        Assert.True(best.Score > At25.LargestScore, $"J = {best.Score}");
    }

    [Fact]
    public void ASegmentThatStandsStillIsNotPreferredToOneThatMoves()
    {
        var clip = Enumerable.Range(0, 150).Select(t => Picture((x, y) => Wobble(x, y, t < 75 ? 0 : t))).ToArray();

        var best = SegmentSearch.Find(FrameDistances.Of(clip), 1e-4, At25 with { Period = Period })[0];

        Assert.True(best.First >= 60, $"begins at {best.First}");
    }

    [Fact]
    public void OfSegmentsThatRepeatAlikeTheSeamIsWhereTheClipStepsLeast()
    {
        // A period in which the step from phase 11 to 12 is twice, and that from 20 to 21 half as long as the others.
        double[] steps = [.. Enumerable.Range(0, Period).Select(q => q == 11 ? 2.0 : q == 20 ? 0.5 : 1)];
        double[] phases = [.. Enumerable.Range(0, Period).Select(q => Period * steps.Take(q).Sum() / steps.Sum())];
        var clip = Enumerable.Range(0, 120).Select(t => Picture((x, y) => 0.5 + (0.2 * Math.Sin((0.9 * x) - (2 * Math.PI * phases[t % Period] / Period))))).ToArray();

        var best = SegmentSearch.Find(FrameDistances.Of(clip), 1e-6, At25)[0];

        Assert.Equal(21, best.First % Period);
    }

    [Fact]
    public void ALengthAskedForIsKeptAndAClipTooShortHasNone()
    {
        var distances = FrameDistances.Of(PeriodicClip(60));

        Assert.All(SegmentSearch.Find(distances, 0, At25 with { Period = 17 }), segment => Assert.Equal(17, segment.Period));
        Assert.Empty(SegmentSearch.Find(FrameDistances.Of(PeriodicClip(40)), 0, At25));
        Assert.Empty(SegmentSearch.Find(distances, 0, At25 with { Period = 57 }));
    }

    [Fact]
    public void DistancesAreSymmetricAndCountOnlyWhatBothFramesShow()
    {
        Raster<float> zero = Picture((_, _) => 0), one = Picture((x, _) => x == 0 ? 3 : 1);
        var left = new Raster<byte>(zero.Width, zero.Height);
        for (var y = 0; y < left.Height; y++) left[0, y] = 255;
        var all = new Raster<byte>(zero.Width, zero.Height, 1, [.. left.Samples.Select(_ => (byte)255)]);

        Assert.Equal(9, FrameDistances.Of([zero, one], null, [left, all])[1, 0], 6);
        Assert.Equal(1, FrameDistances.Of([zero, one], [.. left.Samples.Select(v => v == 0)])[0, 1], 6);
        Assert.Equal(double.PositiveInfinity, FrameDistances.Of([zero, one], [.. left.Samples.Select(v => v == 0)], [left, all])[0, 1]);
    }

    /// <summary>Check H3.</summary>
    [Fact]
    public void TimeStaysInTheSegmentRepeatsAndIsItselfThere()
    {
        var time = new LoopTime(7, 12);
        for (var t = -50; t < 50; t++)
        {
            Assert.InRange(time.FrameAt(t), 7, 18);
            Assert.Equal(time.FrameAt(t), time.FrameAt(t + 12));
            if (t is >= 7 and < 19) Assert.Equal(t, time.FrameAt(t));
        }
    }

    private static Raster<float>[] PeriodicClip(int frames) =>
        [.. Enumerable.Range(0, frames).Select(t => Picture((x, y) => Wobble(x, y, t) + (Noise * new CounterRandom(4, t, 0).Normal((ulong)((y * 32) + x)))))];

    private static double Wobble(int x, int y, int t) =>
        0.5 + (0.2 * Math.Sin((0.9 * x) - (2 * Math.PI * t / Period))) + (0.1 * Math.Cos((0.7 * y) + (4 * Math.PI * t / Period)));

    private static Raster<float> Picture(Func<int, int, double> value)
    {
        var picture = new Raster<float>(32, 18);
        for (var y = 0; y < 18; y++)
            for (var x = 0; x < 32; x++)
                picture[x, y] = (float)value(x, y);
        return picture;
    }
}
