using Depth3D.Imaging;
using Depth3D.Reconstruction.Optimisation;

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
}
