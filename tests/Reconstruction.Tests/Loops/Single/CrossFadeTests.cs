using Depth3D.Reconstruction.Loops.Single;

namespace Depth3D.Reconstruction.Tests.Loops.Single;

/// <summary>Check H4 of the specification.</summary>
public sealed class CrossFadeTests
{
    [Fact]
    public void WhatRepeatsExactlyIsNotChanged()
    {
        var clip = Enumerable.Range(0, 60).Select(t => Math.Sin(2 * Math.PI * (t % 20) / 20)).ToArray();
        var fade = new CrossFade(9, 20, 5);

        for (var phase = 0; phase < 20; phase++) Assert.Equal(clip[9 + phase], fade.FrameAt(clip, phase, Mix), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public void TheJumpAtTheSeamIsBoundedByTheStepsOnBothSides(int length)
    {
        var random = new Random(5);
        double value = 0;
        var clip = Enumerable.Range(0, 60).Select(_ => value += random.NextDouble() - 0.1).ToArray();
        var fade = new CrossFade(10, 30, length);

        var jump = Math.Abs(fade.FrameAt(clip, 29, Mix) - fade.FrameAt(clip, 0, Mix));

        var w = fade.WeightAt(29);
        var bound = (w * Math.Abs(clip[9] - clip[10])) + ((1 - w) * Math.Abs(clip[39] - clip[10]));
        Assert.InRange(jump, 0, bound + 1e-12);
        if (length == 7) Assert.True(jump < 0.2 * Math.Abs(clip[39] - clip[10]));
    }

    [Fact]
    public void AFadeReachesBackNoFurtherThanTheClip()
    {
        Assert.Equal(3, CrossFade.Of(new LoopSegment(3, 40, 0, 0, 0)).Length);
        Assert.Equal(8, CrossFade.Of(new LoopSegment(30, 40, 0, 0, 0)).Length);
        Assert.Equal(6, CrossFade.Of(new LoopSegment(30, 24, 0, 0, 0)).Length);
    }

    private static double Mix(double a, double b, double weight) => ((1 - weight) * a) + (weight * b);
}
