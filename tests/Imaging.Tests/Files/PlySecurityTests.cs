using System.Text;
using Depth3D.Messages;

namespace Depth3D.Imaging.Tests.Files;

/// <summary>PLY files made to harm.</summary>
public sealed class PlySecurityTests : IDisposable
{
    private const string Xyz = "property float x\nproperty float y\nproperty float z\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("4000000000")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999")]
    [InlineData("-1")]
    [InlineData("1e3")]
    public void A_count_that_lies(string count)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused($"ply\nformat binary_little_endian 1.0\nelement vertex {count}\n{Xyz}end_header\n0123456789");
        Refused($"ply\nformat ascii 1.0\nelement vertex {count}\n{Xyz}end_header\n1 2 3\n");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Theory]
    [InlineData("property list char int weights\n")]
    [InlineData("property float x\n")]
    [InlineData("property quaternion q\n")]
    [InlineData("element vertex 5\n")]
    [InlineData("nonsense\n")]
    public void A_header_line_that_is_not_read(string line) =>
        Refused($"ply\nformat binary_little_endian 1.0\nelement vertex 1\n{Xyz}{line}end_header\n0123456789ab");

    [Fact]
    public void Headers_that_miss_something()
    {
        Refused("ply\n");
        Refused("");
        Refused($"ply\nelement vertex 1\n{Xyz}end_header\n0123456789ab");
        Refused("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n1\n");
        Refused($"ply\nformat binary_big_endian 1.0\nelement vertex 1\n{Xyz}end_header\n0123456789ab");
        Refused($"ply\nformat ascii 1.0\nelement face 1\nproperty list uchar int i\nelement vertex 1\n{Xyz}end_header\n1 2 3\n");
    }

    [Fact]
    public void Ascii_that_is_binary() => Refused($"ply\nformat ascii 1.0\nelement vertex 1\n{Xyz}end_header\n\u0001\u0002\u0003\u0004\u0005\u0006");

    [Fact]
    public void Truncated_anywhere()
    {
        Ply.WriteBinary(_folder["whole.ply"], new float[300], new byte[300]);
        var bytes = File.ReadAllBytes(_folder["whole.ply"]);
        for (var length = 0; length < bytes.Length; length += 31)
        {
            File.WriteAllBytes(_folder["bad.ply"], bytes[..length]);
            Assert.Throws<Depth3DException>(() => Ply.Read(_folder["bad.ply"]));
        }
    }

    private void Refused(string text)
    {
        File.WriteAllBytes(_folder["bad.ply"], Encoding.Latin1.GetBytes(text));
        Assert.Throws<Depth3DException>(() => Ply.Read(_folder["bad.ply"]));
    }
}
