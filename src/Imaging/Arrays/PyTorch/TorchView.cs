namespace Depth3D.Imaging;

/// <summary>A tensor as a file describes it: a strided view of a storage. Checked when made, so that every element lies in the storage.</summary>
internal sealed class TorchView
{
    private const int MaxAxes = 32;

    /// <exception cref="FormatException">Sizes, strides and offset lead out of the storage, or repeat elements.</exception>
    public TorchView(TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        (Storage, Offset, Shape, Strides) = (storage, offset, shape, strides);
        if (shape.Length != strides.Length || shape.Length > MaxAxes) throw new FormatException($"a tensor of {shape.Length} sizes and {strides.Length} strides");
        if (offset < 0 || shape.Any(s => s < 0) || strides.Any(s => s < 0)) throw new FormatException("a tensor with a negative size, stride or offset");
        try
        {
            Count = shape.Aggregate(1L, (product, side) => checked(product * side));
            var last = offset;
            for (var i = 0; i < shape.Length; i++) last = checked(last + (Math.Max(0, shape[i] - 1) * strides[i]));
            if (Count > 0 && last >= storage.Count) throw new FormatException($"a tensor reaches element {last} of a storage of {storage.Count}");
        }
        catch (OverflowException)
        {
            throw new FormatException("a tensor's sizes and strides overflow");
        }

        if (Count > storage.Count) throw new FormatException($"a tensor of {Count} elements over a storage of {storage.Count}: expanded views are not read");
    }

    public TorchStorage Storage { get; }

    public long Offset { get; }

    public long[] Shape { get; }

    public long[] Strides { get; }

    public long Count { get; }

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (var i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != expected) return Count == 0;
                expected *= Shape[i];
            }

            return true;
        }
    }

    /// <summary>The elements in row-major order.</summary>
    /// <param name="storage">All bytes of <see cref="Storage"/>.</param>
    public ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> storage)
    {
        var size = Storage.Element.Size;
        var plain = IsContiguous ? storage.Slice((int)(Count == 0 ? 0 : Offset * size), (int)(Count * size)) : Gather(storage.Span, size);
        return Storage.Element.IsBFloat16 ? Widen(plain.Span) : plain;
    }

    private byte[] Gather(ReadOnlySpan<byte> storage, int size)
    {
        var result = new byte[Count * size];
        var index = new long[Shape.Length];
        var source = Offset;
        for (long i = 0; i < Count; i++)
        {
            storage.Slice((int)(source * size), size).CopyTo(result.AsSpan((int)(i * size)));
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                source += Strides[axis];
                if (++index[axis] < Shape[axis]) break;
                source -= Strides[axis] * Shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    /// <summary>bfloat16 is the upper half of a float32.</summary>
    private static byte[] Widen(ReadOnlySpan<byte> halves)
    {
        var result = new byte[2 * halves.Length];
        for (var i = 0; i < halves.Length; i += 2)
        {
            result[(2 * i) + 2] = halves[i];
            result[(2 * i) + 3] = halves[i + 1];
        }

        return result;
    }
}
