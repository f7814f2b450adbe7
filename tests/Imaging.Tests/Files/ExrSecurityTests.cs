using System.Buffers.Binary;
using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Files;

/// <summary>EXR files made to harm.</summary>
public sealed class ExrSecurityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Truncated_anywhere()
    {
        var bytes = Whole();
        for (var length = 0; length < bytes.Length - 1; length += 53) Refused(bytes[..length]);
    }

    [Theory]
    [InlineData(0, 0, int.MaxValue, int.MaxValue)]
    [InlineData(0, 0, 16_383, 1_000_000)]
    [InlineData(int.MinValue, 0, int.MaxValue, 1)]
    [InlineData(10, 10, 0, 0)]
    [InlineData(0, 0, 16_000, 16_000)]
    [InlineData(0, 0, 16_000, 9_000)] // within the limits, but the file has a hundred rows
    public void A_data_window_that_lies(int minX, int minY, int maxX, int maxY)
    {
        var bytes = Whole();
        foreach (var name in new[] { "dataWindow\0box2i\0", "displayWindow\0box2i\0" })
        {
            var at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) + name.Length + 4;
            var k = 0;
            foreach (var value in new[] { minX, minY, maxX, maxY }) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + (4 * k++)), value);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void Offsets_that_point_into_the_header()
    {
        var bytes = Whole();
        // the offset table stands right behind the header's closing zero; seven chunks of 16 rows
        var start = bytes.AsSpan().IndexOf("screenWindowWidth\0float\0"u8);
        var table = start + "screenWindowWidth\0float\0".Length + 4 + 4 + 1;
        for (var i = 0; i < 7; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(table + (8 * i)), 8);
        Refused(bytes);
    }

    [Fact]
    public void Damaged_pixels()
    {
        var bytes = Whole();
        for (var i = bytes.Length / 2; i < bytes.Length - 8; i++) bytes[i] = 0xa5;
        Refused(bytes);
    }

    [Fact]
    public void Any_damaged_byte_of_the_header_is_refused_or_harmless()
    {
        var bytes = Whole();
        for (var i = 0; i < 400; i += 3)
        {
            var copy = (byte[])bytes.Clone();
            copy[i] ^= 0xff;
            File.WriteAllBytes(_folder["bad.exr"], copy);
            try
            {
                Exr.Read(_folder["bad.exr"]);
            }
            catch (Depth3DException)
            {
                // Refusing is as good as reading what is still sound.
            }
        }
    }

    [Fact]
    public void A_missing_folder_is_a_storage_failure_and_leaves_nothing()
    {
        var error = Assert.Throws<Depth3DException>(() => Exr.Write(_folder["none/a.exr"], 2, 2, [("Z", new Raster<float>(2, 2))]));
        Assert.Equal(FailureKind.Storage, error.Kind);
        Assert.Empty(_folder.Files);
    }

    private byte[] Whole()
    {
        Exr.Write(_folder["whole.exr"], 90, 100, [("Z", Pictures.Noise(90, 100, 1, r => r.NextSingle()))]);
        return File.ReadAllBytes(_folder["whole.exr"]);
    }

    private Depth3DException Refused(byte[] bytes)
    {
        File.WriteAllBytes(_folder["bad.exr"], bytes);
        return Assert.Throws<Depth3DException>(() => Exr.Read(_folder["bad.exr"]));
    }
}
