using Depth3D.Imaging;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Optimisation;

public sealed class SurfaceVoteTests
{
    private const int Frame = 8;
    private const double Wrong = 0.1;

    private static readonly TruthClip Clip = TruthClip.Make(17, PriorError.Noisy);

    private readonly SurfaceVote _vote = new(Clip.Clip, TruthClip.Width, TruthClip.Height);

    [Fact]
    public void OutlinesThatAreSmearedInEveryFrameComeBackToTheColours()
    {
        Raster<float> Smeared(int f) => Filters.Erode(Truth(f), 1);
        var (before, after) = (OffSurface(Smeared(Frame)), OffSurface(Vote(Smeared)));
        Assert.InRange((double)after / before, 0, 0.6);
    }

    [Fact]
    public void TrueDepthStays() => Assert.InRange((double)OffSurface(Vote(Truth)) / OffSurface(Filters.Erode(Truth(Frame), 1)), 0, 0.35);

    [Fact]
    public void NearerSideWinsOnMasksAndBesideThem()
    {
        Raster<float> Smeared(int f) => Filters.Erode(Truth(f), 1);
        var without = _vote.Frame(Frame, Smeared, Picture, new(TruthClip.Width, TruthClip.Height), Clip.Clip.DepthUnit);
        var (with, mask) = (Vote(Smeared), Mask());
        Assert.True(with.Samples.Zip(without.Samples).All(p => p.First <= p.Second * 1.0001f));
        Assert.Contains(Enumerable.Range(0, mask.PixelCount), i => mask.Samples[i] == 0 && with.Samples[i] < without.Samples[i] * 0.95f);
    }

    [Fact]
    public void InsideAMaskReliefIsNoOutline()
    {
        Raster<float> Smeared(int f) => Filters.Erode(Truth(f), 1);
        Raster<float> With(byte moving) => _vote.Frame(Frame, Smeared, Picture,
            new(TruthClip.Width, TruthClip.Height, 1, [.. Enumerable.Repeat(moving, TruthClip.Width * TruthClip.Height)]), Clip.Clip.DepthUnit);
        Assert.Equal(With(0).Samples, With(255).Samples);
    }

    [Fact]
    public void WhatOnlyOtherFramesSeeIsNoSurfaceHere()
    {
        var chosen = Vote(f => f == Frame ? Truth(f) : Scaled(Truth(f), 0.5));
        var near = Filters.Erode(Truth(Frame), Math.Max(TruthClip.Width, TruthClip.Height));
        Assert.True(chosen.Samples.Zip(near.Samples).All(p => p.First >= p.Second * 0.999f));
    }

    [Fact]
    public void DepthThatDoesNotJumpIsLeftAsItIs()
    {
        Raster<float> Slanted(int f) => new(TruthClip.Width, TruthClip.Height, 1,
            [.. Enumerable.Range(0, TruthClip.Width * TruthClip.Height).Select(i => (float)Math.Exp(5e-4 * (i % TruthClip.Width)))]);
        Assert.Equal(Slanted(Frame).Samples, Vote(Slanted).Samples);
    }

    [Fact]
    public void TheUnitDoesNotMatter()
    {
        var inUnits = _vote.Frame(Frame, f => Scaled(Truth(f), 1 / Clip.Clip.DepthUnit), Picture, Mask(), 1);
        var expected = Scaled(Vote(Truth), 1 / Clip.Clip.DepthUnit);
        Assert.True(inUnits.Samples.Zip(expected.Samples).Count(p => Math.Abs(Math.Log(p.First / p.Second)) > 1e-3) < 20);
    }

    private Raster<float> Vote(Func<int, Raster<float>> depth) => _vote.Frame(Frame, depth, Picture, Mask(), Clip.Clip.DepthUnit);

    private static Raster<float> Truth(int frame) => new(TruthClip.Width, TruthClip.Height, 1, Clip.Depth[frame]);

    private static Raster<float> Scaled(Raster<float> depth, double factor) =>
        new(depth.Width, depth.Height, 1, Array.ConvertAll(depth.Samples, d => (float)(d * factor)));

    private static Raster<byte> Picture(int frame) => TruthRenderer.Render(Clip.Scene, frame, TruthClip.Width, TruthClip.Height).Rgb;

    private static Raster<byte> Mask() => new(TruthClip.Width, TruthClip.Height, 1, Array.ConvertAll(Clip.Moving[Frame], m => m ? (byte)255 : (byte)0));

    private static int OffSurface(Raster<float> depth) => depth.Samples.Zip(Clip.Depth[Frame]).Count(p => Math.Abs(Math.Log(p.First / p.Second)) > Wrong);
}
