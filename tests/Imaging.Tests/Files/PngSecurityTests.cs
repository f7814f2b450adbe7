using System.Buffers.Binary;
using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Files;

/// <summary>PNG files made to harm: each is refused with a message, quickly, without taking memory for what it claims.</summary>
public sealed class PngSecurityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(65_000u, 65_000u)]
    [InlineData(0x7fffffffu, 1u)]
    [InlineData(0xffffffffu, 0xffffffffu)]
    [InlineData(16_000u, 16_000u)] // sides allowed, 256 million pixels not
    public void A_size_bomb(uint width, uint height)
    {
        var error = Refused(WithSize(width, height));
        Assert.Contains("200 million", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u, 10u)]
    [InlineData(10u, 0u)]
    public void A_size_of_nothing(uint width, uint height) => Refused(WithSize(width, height));

    [Fact]
    public void A_header_larger_than_the_picture() => Refused(WithSize(16_384, 12_000));

    [Fact]
    public void Truncated_anywhere()
    {
        var bytes = ImageFile.EncodePng(Pictures.Rgb(100, 80));
        for (var length = 0; length < bytes.Length - 12; length += 97) Refused(bytes[..length]);
    }

    [Fact]
    public void A_flipped_bit_in_the_pixels()
    {
        var bytes = ImageFile.EncodePng(Pictures.Rgb(100, 80));
        bytes[bytes.Length / 2] ^= 0x10;
        Refused(bytes);
    }

    [Fact]
    public void Text_instead_of_a_picture() => Assert.Contains("neither a PNG nor a JPEG", Refused("<svg xmlns:xlink='file:///etc/passwd'/>"u8.ToArray()).Message, StringComparison.Ordinal);

    [Fact]
    public void Folders_devices_and_missing_files()
    {
        Assert.Contains("folder", Assert.Throws<Depth3DException>(() => ImageFile.ReadRgb(_folder.Root)).Message, StringComparison.Ordinal);
        Assert.Contains("device", Assert.Throws<Depth3DException>(() => ImageFile.ReadRgb("/dev/zero")).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<Depth3DException>(() => ImageFile.ReadRgb(_folder["none.png"])).Message, StringComparison.Ordinal);
        Assert.Throws<Depth3DException>(() => ImageFile.ReadRgb("a\0.png"));
        Assert.Throws<Depth3DException>(() => ImageFile.ReadRgb(""));
    }

    [Fact]
    public void A_missing_folder_is_a_storage_failure_and_leaves_nothing()
    {
        var error = Assert.Throws<Depth3DException>(() => ImageFile.WritePng(_folder["none/a.png"], Pictures.Rgb(8, 8)));
        Assert.Equal(FailureKind.Storage, error.Kind);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_target_that_is_a_folder_is_a_storage_failure_and_leaves_nothing()
    {
        Directory.CreateDirectory(_folder["a.png"]);
        Assert.Equal(FailureKind.Storage, Assert.Throws<Depth3DException>(() => ImageFile.WritePng(_folder["a.png"], Pictures.Rgb(8, 8))).Kind);
        Assert.Equal(["a.png"], _folder.Files);
    }

    private byte[] WithSize(uint width, uint height)
    {
        var bytes = ImageFile.EncodePng(Pictures.Rgb(16, 16));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc32.Of(bytes.AsSpan(12, 17)));
        return bytes;
    }

    private Depth3DException Refused(byte[] bytes)
    {
        File.WriteAllBytes(_folder["bad.png"], bytes);
        return Assert.Throws<Depth3DException>(() => ImageFile.ReadRgb(_folder["bad.png"]));
    }
}
