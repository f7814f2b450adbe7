using Depth3D.Imaging;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Reconstruction.Tests.Optimisation;

public sealed class TemporalFusionTests
{
    private const int Frame = 8;

    [Fact]
    public void NoiseOfSinglePixelsGoesAndTheTruthStays()
    {
        var clip = TruthClip.Make(17, PriorError.Noisy);
        var fusion = new TemporalFusion(clip.Clip, TruthClip.Width, TruthClip.Height);
        Raster<float> Truth(int f) => new(TruthClip.Width, TruthClip.Height, 1, clip.Depth[f]);
        Raster<float> Noisy(int f)
        {
            var random = new CounterRandom(1, f, 3);
            return new(TruthClip.Width, TruthClip.Height, 1, [.. clip.Depth[f].Select((d, i) => (float)(d * Math.Exp(0.1 * random.Normal((ulong)i))))]);
        }

        Assert.InRange(Error(fusion.Frame(Frame, Truth, clip.Clip.DepthUnit)), 0, 0.01);
        Assert.InRange(Error(fusion.Frame(Frame, Noisy, clip.Clip.DepthUnit)), 0, 0.5 * Error(Noisy(Frame)));

        double Error(Raster<float> depth) => depth.Samples.Zip(clip.Depth[Frame]).Average(p => Math.Abs(Math.Log(p.First / p.Second)));
    }

    [Theory]
    [InlineData(TruthCameraMotion.RotationOnly, 0.42)]
    [InlineData(TruthCameraMotion.Static, 0.25)]
    public void WithoutParallaxOutlinesThatJumpStayWhereMostFramesSeeThem(TruthCameraMotion motion, double most)
    {
        var clip = TruthClip.Make(17, PriorError.Noisy, motion);
        var fusion = new TemporalFusion(clip.Clip, TruthClip.Width, TruthClip.Height);
        Raster<float> Jumping(int f) => Grown(new(TruthClip.Width, TruthClip.Height, 1, clip.Depth[f]), f % 3 == 0 ? 2 : 0);
        double Nearer(Func<int, Raster<float>> depth, int f) => depth(f).Samples.Zip(clip.Depth[f]).Count(p => p.First < 0.8 * p.Second);
        int[] frames = [6, 7, 8, 9, 10];
        var before = frames.Sum(f => Nearer(Jumping, f));
        var after = frames.Sum(f => Nearer(i => fusion.Frame(i, Jumping, clip.Clip.DepthUnit), f));
        Assert.InRange(after / before, 0, most);
    }

    [Fact]
    public void ADepthThatJumpsForOneFrameIsOutvoted()
    {
        var clip = TruthClip.Make(17, PriorError.Noisy);
        var fusion = new TemporalFusion(clip.Clip, TruthClip.Width, TruthClip.Height);
        var fused = fusion.Frame(Frame, f => new(TruthClip.Width, TruthClip.Height, 1,
            [.. clip.Depth[f].Select(d => f == Frame ? 1.5f * d : d)]), clip.Clip.DepthUnit);
        var ratios = fused.Samples.Zip(clip.Depth[Frame]).Select(p => p.First / p.Second).Order().ToArray();
        Assert.Equal(1, ratios[ratios.Length / 2], 0.02);
    }

    [Fact]
    public void SurfacesThatWereChosenAreKept()
    {
        var clip = TruthClip.Make(17, PriorError.Noisy);
        var fusion = new TemporalFusion(clip.Clip, TruthClip.Width, TruthClip.Height);
        Raster<float> Off(int f) => new(TruthClip.Width, TruthClip.Height, 1, [.. clip.Depth[f].Select((d, i) => f == Frame ? d * (i % 2 == 0 ? 1.5f : 1.02f) : d)]);
        var fused = fusion.Frame(Frame, Off, clip.Clip.DepthUnit, keepSurfaces: true).Samples;
        var ratios = fused.Zip(clip.Depth[Frame]).Select(p => p.First / p.Second).ToArray();
        Assert.Equal(1.5f, ratios.Where((_, i) => i % 2 == 0).Order().ElementAt(ratios.Length / 4), 0.01f);
        Assert.Equal(1, ratios.Where((_, i) => i % 2 == 1).Order().ElementAt(ratios.Length / 4), 0.01f);
    }

    /// <summary>What is near covers this many pixels more of what is far.</summary>
    private static Raster<float> Grown(Raster<float> depth, int pixels)
    {
        var grown = new Raster<float>(depth.Width, depth.Height);
        for (var y = 0; y < depth.Height; y++)
        {
            for (var x = 0; x < depth.Width; x++)
            {
                var nearest = depth[x, y];
                for (var v = Math.Max(0, y - pixels); v <= Math.Min(depth.Height - 1, y + pixels); v++)
                    for (var u = Math.Max(0, x - pixels); u <= Math.Min(depth.Width - 1, x + pixels); u++) nearest = Math.Min(nearest, depth[u, v]);
                grown[x, y] = nearest;
            }
        }

        return grown;
    }
}
