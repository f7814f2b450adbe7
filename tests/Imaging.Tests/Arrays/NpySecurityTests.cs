using System.Buffers.Binary;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Arrays;

/// <summary>NPY files made to harm, and the layouts that other programs write.</summary>
public sealed class NpySecurityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "objects")]
    [InlineData("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }", "structured")]
    [InlineData("{'descr': '<U5', 'fortran_order': False, 'shape': (1,), }", "U5")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "c8")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000,), }", "2^31")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536), }", "too large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (100,), }", "truncated")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'evil': __import__('os') }", "damaged")]
    [InlineData("__import__('os').system('id')", "damaged")]
    public void A_header_that_is_refused(string header, string expected) =>
        Assert.Contains(expected, Refused(Npy(header, new byte[8])).Message, StringComparison.Ordinal);

    [Fact]
    public void Truncated_anywhere()
    {
        Imaging.Npy.Write(_folder["whole.npy"], new float[20]);
        var bytes = File.ReadAllBytes(_folder["whole.npy"]);
        for (var length = 0; length < bytes.Length; length += 7) Refused(bytes[..length]);
    }

    [Fact]
    public void A_header_length_beyond_the_file()
    {
        var bytes = Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", new byte[4]);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), ushort.MaxValue);
        Refused(bytes);
    }

    [Fact]
    public void Column_order_and_big_endian_are_turned_round()
    {
        var data = new byte[24];
        float[] columnMajor = [1, 4, 2, 5, 3, 6];
        for (var i = 0; i < 6; i++) BinaryPrimitives.WriteSingleBigEndian(data.AsSpan(4 * i), columnMajor[i]);
        File.WriteAllBytes(_folder["a.npy"], Npy("{'descr': '>f4', 'fortran_order': True, 'shape': (2, 3), }", data));
        var array = Imaging.Npy.Read(_folder["a.npy"]);
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], array.As<float>().ToArray());
    }

    [Fact]
    public void Version_2_headers_are_read()
    {
        var text = Encoding.ASCII.GetBytes("{'descr': '<i4', 'fortran_order': False, 'shape': (), }\n");
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, (byte)text.Length, 0, 0, 0, .. text, 7, 0, 0, 0];
        File.WriteAllBytes(_folder["a.npy"], bytes);
        Assert.Equal(7, Imaging.Npy.Read(_folder["a.npy"]).As<int>()[0]);
    }

    private static byte[] Npy(string header, byte[] data)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data];
    }

    private Depth3DException Refused(byte[] bytes)
    {
        File.WriteAllBytes(_folder["bad.npy"], bytes);
        return Assert.Throws<Depth3DException>(() => Imaging.Npy.Read(_folder["bad.npy"]));
    }
}
