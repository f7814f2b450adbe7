namespace Depth3D.Imaging.Tests.Pixels;

public sealed class ResizeTests
{
    [Fact]
    public void A_constant_image_stays_constant()
    {
        var image = new Raster<float>(37, 29, 3);
        Array.Fill(image.Samples, 3.25f);
        foreach (var result in new[] { Resize.AntiAliased(image, 13, 40), Resize.Area(image, 13, 11), Resize.Linear(image, 50, 50) })
            Assert.All(result.Samples, value => Assert.Equal(3.25f, value, 1e-5f));
    }

    [Fact]
    public void Halving_filters_with_half_a_pixel_of_sigma()
    {
        // One bright pixel at 10: the response of target 5 (source 10.5) is the mean of the kernel at 0 and 1.
        var image = new Raster<float>(21 * 2, 1);
        image[10, 0] = 1;
        var kernel = Enumerable.Range(-2, 5).Select(i => Math.Exp(-0.5 * i * i / 0.25)).ToArray();
        var expected = ((kernel[2] + kernel[3]) / 2) / kernel.Sum();
        Assert.Equal(expected, Resize.AntiAliased(image, 21, 1)[5, 0], 1e-6);
    }

    [Fact]
    public void Enlarging_does_not_blur_and_mirrors_at_the_border()
    {
        var image = new Raster<float>(2, 1, 1, [0, 1]);
        Assert.Equal([0.25f, 0.25f, 0.75f, 0.75f], Resize.AntiAliased(image, 4, 1).Samples);
    }

    [Fact]
    public void A_ramp_keeps_its_slope_inside()
    {
        var image = new Raster<float>(64, 8);
        for (var y = 0; y < 8; y++)
            for (var x = 0; x < 64; x++) image[x, y] = x;
        var half = Resize.AntiAliased(image, 32, 8);
        for (var x = 3; x < 29; x++) Assert.Equal((2 * x) + 0.5f, half[x, 4], 1e-4f);
    }

    [Fact]
    public void The_same_size_is_the_identity()
    {
        var image = Pictures.Noise(19, 17, 2, r => r.NextSingle());
        Assert.Equal(image.Samples, Resize.AntiAliased(image, 19, 17).Samples);
        Assert.Equal(image.Samples, Resize.Nearest(image, 19, 17).Samples);
        Assert.Equal(image.Samples, Resize.Linear(image, 19, 17).Samples);
    }

    [Fact]
    public void Nearest_invents_no_values()
    {
        var mask = Pictures.Noise(50, 40, 1, r => r.Next(2) == 0 ? (byte)0 : (byte)255);
        Assert.All(Resize.Nearest(mask, 23, 61).Samples, value => Assert.True(value is 0 or 255));
    }

    [Fact]
    public void Flow_vectors_scale_with_the_image()
    {
        var flow = new Raster<float>(32, 16, 2);
        for (var i = 0; i < flow.PixelCount; i++) (flow.Samples[2 * i], flow.Samples[(2 * i) + 1]) = (4, -2);
        var result = Resize.Flow(flow, 16, 32);
        Assert.All(Enumerable.Range(0, result.PixelCount), i =>
        {
            Assert.Equal(2f, result.Samples[2 * i], 1e-4f);
            Assert.Equal(-4f, result.Samples[(2 * i) + 1], 1e-4f);
        });
    }
}
