using System.Runtime.InteropServices;

namespace Depth3D.Imaging.Tests.Arrays;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_and_metadata_return_and_bytes_repeat()
    {
        (string, DType, long[], ReadOnlyMemory<byte>)[] tensors =
        [
            ("w", DType.Float32, [2, 3], MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, 6]).ToArray()),
            ("step", DType.Int64, [], MemoryMarshal.AsBytes<long>([42]).ToArray()),
            ("none", DType.UInt8, [0, 5], Array.Empty<byte>()),
        ];
        SafeTensors.Write(_folder["a.safetensors"], tensors, new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" });
        SafeTensors.Write(_folder["b.safetensors"], tensors, new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        Assert.Equal(File.ReadAllBytes(_folder["a.safetensors"]), File.ReadAllBytes(_folder["b.safetensors"]));
        var back = SafeTensors.Read(_folder["a.safetensors"]);
        Assert.Equal([1f, 2, 3, 4, 5, 6], back.Tensors["w"].As<float>().ToArray());
        Assert.Equal([2L, 3], back.Tensors["w"].Shape);
        Assert.Equal(42, back.Tensors["step"].As<long>()[0]);
        Assert.Equal(0, back.Tensors["none"].Bytes.Length);
        Assert.Equal("1", back.Metadata["a"]);
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(_folder["a"], [("w", DType.Float32, [2], new byte[4])]));
        Assert.Empty(_folder.Files);
    }
}
