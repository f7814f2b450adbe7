namespace Depth3D.Imaging.Tests.Files;

public sealed class ImageFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(37, 23, 1)]
    [InlineData(64, 31, 3)]
    public void A_png_returns_the_same_pixels(int width, int height, int channels)
    {
        var image = Pictures.Noise(width, height, channels, r => (byte)r.Next(256));
        ImageFile.WritePng(_folder["a.png"], image);
        var back = channels == 1 ? ImageFile.ReadGray(_folder["a.png"]) : ImageFile.ReadRgb(_folder["a.png"]);
        Assert.Equal(image.Samples, back.Samples);
        Assert.Equal((width, height), ImageFile.ReadSize(_folder["a.png"]));
        Assert.Equal(["a.png"], _folder.Files);
    }

    [Fact]
    public void A_16_bit_png_keeps_every_bit()
    {
        var image = Pictures.Noise(40, 30, 1, r => (ushort)r.Next(65536));
        ImageFile.WritePng16(_folder["a.png"], image);
        Assert.Equal(image.Samples, ImageFile.ReadGray16(_folder["a.png"]).Samples);
    }

    [Fact]
    public void Eight_bits_widen_to_sixteen_by_257()
    {
        ImageFile.WritePng(_folder["a.png"], new Raster<byte>(3, 1, 1, [0, 100, 255]));
        Assert.Equal(new ushort[] { 0, 25700, 65535 }, ImageFile.ReadGray16(_folder["a.png"]).Samples);
    }

    [Fact]
    public void Red_stays_red()
    {
        ImageFile.WritePng(_folder["a.png"], new Raster<byte>(1, 1, 3, [200, 100, 50]));
        Assert.Equal(new byte[] { 200, 100, 50 }, ImageFile.ReadRgb(_folder["a.png"]).Samples);
        ImageFile.WritePng(_folder["b.png"], new Raster<byte>(1, 1, 4, [200, 100, 50, 255]));
        Assert.Equal(new byte[] { 200, 100, 50 }, ImageFile.ReadRgb(_folder["b.png"]).Samples);
    }

    [Fact]
    public void A_jpeg_comes_close()
    {
        var image = Pictures.Rgb(80, 60);
        ImageFile.WriteJpeg(_folder["a.jpg"], image);
        var back = ImageFile.ReadRgb(_folder["a.jpg"]);
        var error = image.Samples.Zip(back.Samples, (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(error, 0, 4);
        Assert.Equal((80, 60), ImageFile.ReadSize(_folder["a.jpg"]));
    }

    [Fact]
    public void The_same_pixels_give_the_same_bytes()
    {
        var image = Pictures.Rgb(120, 90);
        Assert.Equal(ImageFile.EncodePng(image), ImageFile.EncodePng(image.Clone()));
    }

    [Theory]
    [InlineData("with space.png")]
    [InlineData("-leading.png")]
    [InlineData("%05d.png")]
    [InlineData("Blätter 木.png")]
    [InlineData("new\nline.png")]
    public void Names_mean_nothing_to_the_codec(string name)
    {
        var image = Pictures.Rgb(16, 16);
        ImageFile.WritePng(_folder[name], image);
        Assert.Equal(image.Samples, ImageFile.ReadRgb(_folder[name]).Samples);
    }
}
