using System.Buffers.Binary;
using System.IO.Compression;
using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Arrays;

/// <summary>NPZ files made to harm.</summary>
public sealed class NpzSecurityTests : IDisposable
{
    private static readonly byte[] Array = MakeArray();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../evil.npy")]
    [InlineData("/etc/passwd.npy")]
    [InlineData("a/b.npy")]
    [InlineData("a\\b.npy")]
    [InlineData("..npy")]
    [InlineData("C:x.npy")]
    [InlineData("readme.txt")]
    [InlineData(".npy")]
    public void A_name_that_is_no_array_name(string name) => Refused(Zip((name, Array)));

    [Fact]
    public void A_name_that_is_there_twice() => Assert.Contains("twice", Refused(Zip(("a.npy", Array), ("a.npy", Array))).Message, StringComparison.Ordinal);

    [Fact]
    public void Object_arrays_inside() => Assert.Contains("objects",
        Refused(Zip(("a.npy", [0x93, .. "NUMPY"u8, 1, 0, 54, 0, .. "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}"u8]))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_length_that_lies()
    {
        // the uncompressed size stands in the central directory, 24 bytes in
        var bytes = Zip(("a.npy", Array));
        var central = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(central + 24), 2_000_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void A_flipped_bit_fails_the_checksum()
    {
        Npz.Write(_folder["a.npz"], ("a", NpyArray.From(new float[100], 100)));
        var bytes = File.ReadAllBytes(_folder["a.npz"]);
        bytes[300] ^= 1;
        Assert.Contains("checksum", Refused(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_anywhere()
    {
        Npz.Write(_folder["a.npz"], ("a", NpyArray.From(new float[100], 100)), ("b", NpyArray.From(new int[10], 10)));
        var bytes = File.ReadAllBytes(_folder["a.npz"]);
        for (var length = 0; length < bytes.Length; length += 23) Refused(bytes[..length]);
    }

    [Fact]
    public void Deflated_entries_are_read()
    {
        File.WriteAllBytes(_folder["a.npz"], Zip(("a.npy", Array)));
        Assert.Equal(1000, Npz.Read(_folder["a.npz"])["a"].Count);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("..")]
    public void Bad_names_are_not_written(string name)
    {
        Assert.Throws<ArgumentException>(() => Npz.Write(_folder["a.npz"], (name, NpyArray.Scalar(1))));
        Assert.Empty(_folder.Files);
    }

    private static byte[] MakeArray()
    {
        using var folder = new TempFolder();
        Npy.Write(folder["a.npy"], new float[1000]);
        return File.ReadAllBytes(folder["a.npy"]);
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private Depth3DException Refused(byte[] bytes)
    {
        File.WriteAllBytes(_folder["bad.npz"], bytes);
        return Assert.Throws<Depth3DException>(() => Npz.Read(_folder["bad.npz"]));
    }
}
