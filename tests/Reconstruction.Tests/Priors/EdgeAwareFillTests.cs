using Depth3D.Imaging;
using Depth3D.Reconstruction.Priors;

namespace Depth3D.Reconstruction.Tests.Priors;

public class EdgeAwareFillTests
{
    [Fact]
    public void A_constant_stays_constant_and_reaches_everywhere()
    {
        var (rgb, values, confidence) = Halves(60, 40);
        Array.Fill(values.Samples, 3f);
        confidence[5, 5] = 1;
        Assert.All(new EdgeAwareFill(rgb).Run(values, confidence, 60, 9).Samples, v => Assert.Equal(3f, v, 1e-3f));
    }

    [Fact]
    public void Values_spread_up_to_an_edge_of_the_picture_and_not_across()
    {
        var (rgb, values, confidence) = Halves(60, 40);
        (values[3, 20], confidence[3, 20]) = (1, 1);
        (values[57, 20], confidence[57, 20]) = (5, 1);
        var filled = new EdgeAwareFill(rgb).Run(values, confidence, 60, 9);
        for (var y = 0; y < 40; y++)
        {
            Assert.Equal(1f, filled[28, y], 0.1f);
            Assert.Equal(5f, filled[31, y], 0.1f);
        }
    }

    [Fact]
    public void Without_any_confidence_the_fallback_is_used()
    {
        var (rgb, values, confidence) = Halves(20, 10);
        Assert.All(new EdgeAwareFill(rgb).Run(values, confidence, 10, 7).Samples, v => Assert.Equal(7f, v));
    }

    /// <summary>Dark left, bright right.</summary>
    private static (Raster<byte> Rgb, Raster<float> Values, Raster<float> Confidence) Halves(int width, int height)
    {
        var rgb = new Raster<byte>(width, height, 3);
        for (var y = 0; y < height; y++)
            for (var x = width / 2; x < width; x++)
                for (var c = 0; c < 3; c++) rgb[x, y, c] = 220;
        return (rgb, new(width, height), new(width, height));
    }
}
