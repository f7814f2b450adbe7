using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Files;

/// <summary>JPEG files made to harm.</summary>
public sealed class JpegSecurityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_size_bomb()
    {
        var bytes = Whole();
        var at = bytes.AsSpan().IndexOf([(byte)0xff, (byte)0xc0]);
        (bytes[at + 5], bytes[at + 6], bytes[at + 7], bytes[at + 8]) = (0xff, 0xff, 0xff, 0xff);
        Assert.Contains("65535x65535", Refused(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_anywhere()
    {
        var bytes = Whole();
        for (var length = 0; length < bytes.Length - 1; length += 61) Refused(bytes[..length]);
    }

    [Fact]
    public void A_segment_longer_than_the_file()
    {
        var bytes = Whole();
        (bytes[4], bytes[5]) = (0xff, 0xff);
        Refused(bytes);
    }

    [Fact]
    public void A_segment_of_no_length()
    {
        var bytes = Whole();
        (bytes[4], bytes[5]) = (0, 0);
        Refused(bytes);
    }

    [Theory]
    [InlineData(6, 24, 40)]
    [InlineData(8, 24, 40)]
    [InlineData(3, 40, 24)]
    public void A_turned_photograph_comes_upright(byte orientation, int width, int height)
    {
        var bytes = Whole(40, 24);
        byte[] exif = [0xff, 0xe1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        File.WriteAllBytes(_folder["a.jpg"], [.. bytes[..2], .. exif, .. bytes[2..]]);
        Assert.Equal((width, height), ImageFile.ReadSize(_folder["a.jpg"]));
        var image = ImageFile.ReadRgb(_folder["a.jpg"]);
        Assert.Equal((width, height), (image.Width, image.Height));
    }

    [Fact]
    public void An_exif_block_that_points_outside()
    {
        var bytes = Whole(40, 24);
        byte[] exif = [0xff, 0xe1, 0, 24, .. "Exif\0\0"u8, .. "II"u8, 42, 0, 0xff, 0xff, 0xff, 0x7f, 9, 9, 9, 9, 9, 9, 9, 9];
        File.WriteAllBytes(_folder["a.jpg"], [.. bytes[..2], .. exif, .. bytes[2..]]);
        Assert.Equal((40, 24), ImageFile.ReadSize(_folder["a.jpg"]));
    }

    private byte[] Whole(int width = 64, int height = 48)
    {
        ImageFile.WriteJpeg(_folder["whole.jpg"], Pictures.Rgb(width, height));
        return File.ReadAllBytes(_folder["whole.jpg"]);
    }

    private Depth3DException Refused(byte[] bytes)
    {
        File.WriteAllBytes(_folder["bad.jpg"], bytes);
        return Assert.Throws<Depth3DException>(() => ImageFile.ReadRgb(_folder["bad.jpg"]));
    }
}
