using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Single;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Reconstruction.Tests.Loops.Single;

public sealed class TextureBlendTests
{
    [Fact]
    public void TexturesWithNothingInCommonKeepMoreContrastThanAPlainBlend()
    {
        Raster<byte> a = Spray(1), b = Spray(2);

        var half = TextureBlend.Between(a, b, 0.5);

        Assert.InRange(Deviation(CrossFade.Blend(a, b, 0.5)) / Deviation(a), 0.65, 0.75);
        Assert.InRange(Deviation(half) / Deviation(a), 0.8, 1.05);
        for (var n = 0; n < half.Samples.Length; n++)
            Assert.InRange(half.Samples[n], Math.Min(a.Samples[n], b.Samples[n]), Math.Max(a.Samples[n], b.Samples[n]));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void PicturesThatAgreeAreLeftAsTheyAre(double weight)
    {
        var a = Spray(1);

        Assert.Equal(a.Samples, TextureBlend.Between(a, a, weight).Samples);
    }

    [Fact]
    public void FlatPicturesAreBlendedPlainly()
    {
        Raster<byte> a = Spray(1, 0), b = Spray(1, 0);
        Array.Fill(b.Samples, (byte)200);

        Assert.Equal(CrossFade.Blend(a, b, 0.3).Samples, TextureBlend.Between(a, b, 0.3).Samples);
    }

    private static Raster<byte> Spray(int seed, double deviation = 25)
    {
        var random = new CounterRandom(seed, 0, 0);
        var picture = new Raster<byte>(64, 48, 3);
        for (var n = 0; n < picture.Samples.Length; n++) picture.Samples[n] = (byte)Math.Clamp(128 + (deviation * random.Normal((ulong)n)), 0, 255);
        return picture;
    }

    private static double Deviation(Raster<byte> picture)
    {
        var mean = picture.Samples.Average(v => (double)v);
        return Math.Sqrt(picture.Samples.Average(v => (v - mean) * (v - mean)));
    }
}
