using System.Runtime.InteropServices;

namespace Depth3D.Imaging;

/// <summary>One tensor of a safetensors file: row-major, little-endian. An empty shape is a scalar.</summary>
public readonly record struct TensorData(DType DType, long[] Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <exception cref="InvalidOperationException">The tensor has another element type.</exception>
    public ReadOnlySpan<T> As<T>() where T : unmanaged => DTypes.Of<T>() == DType
        ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
        : throw new InvalidOperationException($"the tensor holds {DType}, {typeof(T).Name} was expected");
}
