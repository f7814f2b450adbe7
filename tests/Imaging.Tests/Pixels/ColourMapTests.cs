namespace Depth3D.Imaging.Tests.Pixels;

public sealed class ColourMapTests
{
    [Fact]
    public void Turbo_ends_where_it_is_published_to_end()
    {
        Assert.Equal(Bytes(0.18995, 0.07176, 0.23217), ColourMap.Turbo[0]);
        Assert.Equal(Bytes(0.47960, 0.01583, 0.01055), ColourMap.Turbo[1]);
        static (byte, byte, byte) Bytes(double r, double g, double b) =>
            ((byte)Math.Round(r * 255), (byte)Math.Round(g * 255), (byte)Math.Round(b * 255));
    }

    [Fact]
    public void Values_outside_the_range_clamp_and_holes_are_black()
    {
        var values = new Raster<float>(6, 1, 1, [-5, 1, 2, 3, 99, float.NaN]);
        var colours = ColourMap.Turbo.Apply(values, 1, 3);
        Assert.Equal(Pixel(colours, 0), Pixel(colours, 1));
        Assert.Equal(Pixel(colours, 3), Pixel(colours, 4));
        Assert.Equal(ColourMap.Turbo[0.5f], Pixel(colours, 2));
        Assert.Equal((0, 0, 0), Pixel(colours, 5));
    }

    [Fact]
    public void Grey_is_a_ramp() => Assert.All(Enumerable.Range(0, 256), i =>
        Assert.Equal(((byte)i, (byte)i, (byte)i), ColourMap.Grey[i / 255f]));

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Assert.Contains("inferno", Assert.Throws<ArgumentException>(() => ColourMap.Named("rainbow")).Message);

    private static (byte, byte, byte) Pixel(Raster<byte> image, int x) => (image[x, 0, 0], image[x, 0, 1], image[x, 0, 2]);
}
