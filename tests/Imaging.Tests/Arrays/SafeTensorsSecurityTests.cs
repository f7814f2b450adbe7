using System.Buffers.Binary;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Arrays;

/// <summary>safetensors files made to harm.</summary>
public sealed class SafeTensorsSecurityTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"PICKLE","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""[1,2]""")]
    [InlineData("""{"a":7}""")]
    [InlineData("""{"__metadata__":{"a":[1]}}""")]
    [InlineData("""{"a":""")]
    [InlineData("""[[[[[[[[[[[[[[[[[[[[[[[[""")]
    public void A_header_that_is_refused(string header) => Refused(File(header, new byte[8]));

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1000UL)]
    public void A_header_length_that_lies(ulong length)
    {
        var bytes = File("{}", new byte[8]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Refused(bytes);
    }

    [Fact]
    public void Truncated_anywhere()
    {
        SafeTensors.Write(_folder["a"], [("w", DType.UInt8, [100], new byte[100])]);
        var bytes = System.IO.File.ReadAllBytes(_folder["a"]);
        for (var length = 0; length < bytes.Length; length += 9) Refused(bytes[..length]);
    }

    private static byte[] File(string header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)Encoding.UTF8.GetByteCount(header));
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }

    private void Refused(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(_folder["bad"], bytes);
        Assert.Throws<Depth3DException>(() => SafeTensors.Read(_folder["bad"]));
    }
}
