using System.Runtime.InteropServices;
using TorchSharp;

namespace Depth3D.Tensors;

/// <summary>Tensors to and from plain memory, for codecs. Row-major, little-endian, whatever the tensor's device and strides are.</summary>
public static unsafe class TensorBytes
{
    /// <summary>Copies all elements out.</summary>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    public static void CopyTo(this torch.Tensor tensor, Span<byte> destination)
    {
        var needed = LibTorch.d3t_nbytes(tensor.H);
        if (needed > destination.Length)
            throw new ArgumentException($"the tensor {tensor} needs {needed} bytes, the buffer has {destination.Length}");
        fixed (byte* p = destination) LibTorch.Check(LibTorch.d3t_to_buffer(tensor.H, p, destination.Length));
    }

    /// <summary>Copies all elements out into typed memory.</summary>
    /// <exception cref="ArgumentException">Element types differ, or the buffer is too small.</exception>
    public static void CopyTo<T>(this torch.Tensor tensor, Span<T> destination) where T : unmanaged
    {
        if (torch.TypeOf<T>() != tensor.dtype) throw new ArgumentException($"elements are {tensor.dtype}, the buffer holds {typeof(T).Name}");
        tensor.CopyTo(MemoryMarshal.AsBytes(destination));
    }

    /// <summary>All elements as bytes.</summary>
    public static byte[] ToBytes(this torch.Tensor tensor)
    {
        var result = new byte[LibTorch.d3t_nbytes(tensor.H)];
        tensor.CopyTo(result.AsSpan());
        return result;
    }

    /// <summary>A tensor with a copy of the elements.</summary>
    /// <exception cref="ArgumentException">The number of bytes is not that of the shape and type.</exception>
    public static torch.Tensor FromBytes(ReadOnlySpan<byte> bytes, torch.ScalarType dtype, ReadOnlySpan<long> shape, torch.Device? device = null)
    {
        using var typed = torch.empty([0], dtype);
        long expected = typed.ElementSize;
        foreach (var side in shape) expected = checked(expected * side);
        if (expected != bytes.Length)
            throw new ArgumentException($"{bytes.Length} bytes for {dtype} [{string.Join('x', shape.ToArray())}], expected {expected}");
        byte none;
        fixed (byte* data = bytes)
        fixed (long* size = shape)
            return new torch.Tensor(LibTorch.d3t_from_buffer(data == null ? &none : data, size, shape.Length, (int)dtype, device?.Number ?? -1));
    }

    /// <summary>A tensor with a copy of the values, without an array in between.</summary>
    public static torch.Tensor From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged =>
        torch.From(values, shape, null, null, requires_grad: false);
}
