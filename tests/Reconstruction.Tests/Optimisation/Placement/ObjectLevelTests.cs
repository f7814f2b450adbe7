using Depth3D.Reconstruction.Optimisation;
using Depth3D.Reconstruction.Optimisation.Placement;

namespace Depth3D.Reconstruction.Tests.Optimisation.Placement;

public sealed class ObjectLevelTests
{
    private const int Frames = 30;
    private static readonly double[] Truth = [.. Enumerable.Range(0, Frames).Select(f => 0.5 - (0.01 * f))];
    private static readonly double[] Size = [.. Truth.Select(t => 0.1 - t)];

    [Fact]
    public void WhatStandsGoesWhereItTouchesTheGroundWhateverThePriorSays()
    {
        var levels = ObjectLevel.Find([.. Truth.Select(t => t + 0.4)], Noisy(Truth, 0.03, 1), Size);
        Assert.All(Truth.Zip(levels), p => Assert.InRange(p.Second - p.First, -0.02, 0.08));
    }

    [Fact]
    public void WhatWalksStandsThoughMasksCutOffItsFeetForSomeFrames()
    {
        double[] contact = [.. Truth.Select((t, f) => t + (f % 15 < 7 ? 0.1 : 0.01))];
        var levels = ObjectLevel.Find([.. Truth.Select(t => t - 0.2)], contact, Size);
        Assert.All(Truth.Zip(levels), p => Assert.InRange(p.Second - p.First, -0.03, 0.03));
    }

    [Fact]
    public void WhatLeavesTheGroundGoesNearItsLowestContact()
    {
        double[] contact = [.. Truth.Select((t, f) => t + (0.05 * Math.Abs(f - 22)))];
        var levels = ObjectLevel.Find([.. Truth.Select(t => t + 0.5)], contact, Size);
        Assert.All(Truth.Zip(levels), p => Assert.InRange(p.Second - p.First, -0.1, 0.05));
    }

    [Fact]
    public void OnGroundThatWasNotMeasuredWaveringContactIsFollowed()
    {
        // The ground bends by a sixth over the way that a thing takes on it; the prior has the thing far behind.
        double[] contact = [.. Truth.Select((t, f) => t + (0.16 * Math.Sin(Math.PI * f / Frames)))];
        double[] prior = [.. Truth.Select(t => t + 0.4)];
        Assert.Contains(contact.Zip(ObjectLevel.Find(prior, contact, Size)), p => Math.Abs(p.Second - p.First) > 0.12);
        var levels = ObjectLevel.Find(prior, contact, Size, groundMeasured: false);
        Assert.All(contact.Zip(levels), p => Assert.InRange(p.Second - p.First, -0.06, 0.08));
    }

    [Fact]
    public void OnGroundThatWasNotMeasuredAThingBeforeItIsJudgedAsElsewhere()
    {
        double[] contact = [.. Truth.Select((t, f) => t + 0.3 + (0.05 * Math.Abs(f - 22)))];
        Assert.Equal(ObjectLevel.Find(Truth, contact, Size), ObjectLevel.Find(Truth, contact, Size, groundMeasured: false));
    }

    [Fact]
    public void WithoutContactItStaysAtThePriorButSteady()
    {
        double[] none = [.. Enumerable.Repeat(double.NaN, Frames)];
        var levels = ObjectLevel.Find(Noisy([.. Truth.Select(t => t + 0.3)], 0.1, 2), none, Size);
        Assert.All(Truth.Zip(levels), p => Assert.InRange(p.Second - p.First, 0.22, 0.38));
        Assert.All(Enumerable.Range(1, Frames - 1), f => Assert.Equal(Truth[f] - Truth[f - 1], levels[f] - levels[f - 1], 2));
    }

    [Fact]
    public void FramesWithoutTheObjectStayUnknown()
    {
        var size = (double[])Size.Clone();
        size[7] = double.NaN;
        var levels = ObjectLevel.Find(Truth, Truth, size);
        Assert.Equal([7], Enumerable.Range(0, Frames).Where(f => double.IsNaN(levels[f])));
    }

    private static double[] Noisy(double[] values, double deviation, int seed)
    {
        var random = new CounterRandom(seed, 0, 0);
        return [.. values.Select((v, f) => v + (deviation * random.Normal((ulong)f)))];
    }
}
