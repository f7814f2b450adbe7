namespace Depth3D.Imaging.Tests.Pixels;

public sealed class RemapTests
{
    [Theory]
    [InlineData(BorderMode.Zero)]
    [InlineData(BorderMode.Replicate)]
    [InlineData(BorderMode.Mirror)]
    public void No_flow_is_the_identity(BorderMode border)
    {
        var image = Pictures.Noise(31, 17, 3, r => r.NextSingle());
        var flow = new Raster<float>(31, 17, 2);
        Assert.Equal(image.Samples, Remap.ByFlow(image, flow, border).Samples);
        Assert.Equal(image.Samples, Remap.Bilinear(image, Remap.AddGrid(flow), border).Samples);
    }

    [Fact]
    public void Half_a_pixel_is_the_mean_of_two()
    {
        var image = new Raster<float>(3, 1, 1, [2, 4, 8]);
        Assert.Equal([3f, 6, 8], Remap.Exact(image, Places(0.5f, 1.5f, 2.5f), BorderMode.Replicate).Samples);
        Assert.Equal([3f, 6, 4], Remap.Exact(image, Places(0.5f, 1.5f, 2.5f), BorderMode.Zero).Samples);
        Assert.Equal([3f, 6, 6], Remap.Exact(image, Places(0.5f, 1.5f, 2.5f), BorderMode.Mirror).Samples);
    }

    [Fact]
    public void Places_that_are_no_numbers_read_as_outside() => Assert.Equal([0f, 0, 0],
        Remap.Exact(new Raster<float>(3, 1, 1, [2, 4, 8]), Places(float.NaN, float.PositiveInfinity, -1e30f), BorderMode.Zero).Samples);

    [Fact]
    public void OpenCV_and_the_exact_form_agree()
    {
        var image = Colour.ToFloat(Pictures.Texture(60, 40));
        var places = Remap.AddGrid(Pictures.Noise(60, 40, 2, r => (r.NextSingle() * 6) - 3));
        var exact = Remap.Exact(image, places, BorderMode.Replicate).Samples;
        var rounded = Remap.Bilinear(image, places, BorderMode.Replicate).Samples;
        Assert.InRange(exact.Zip(rounded, (a, b) => Math.Abs(a - b)).Max(), 0, 3);
    }

    private static Raster<float> Places(params float[] columns) => new(columns.Length, 1, 2, columns.SelectMany(x => new[] { x, 0f }).ToArray());
}
