using System.Collections;

namespace TorchSharp.Utils;

/// <summary>Typed access to the elements of a tensor on the CPU, in row-major order whatever its strides are.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly T* _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.numel();
        _data = (T*)LibTorch.d3t_data_ptr(tensor.H);
    }

    public long Count { get; }

    public bool IsContiguous => _contiguous;

    /// <summary>One element by its position along every dimension, or by its row-major number when one index is given.</summary>
    public T this[params long[] indices]
    {
        get => *Address(indices);
        set => *Address(indices) = value;
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, _tensor);
        if (_contiguous)
        {
            new Span<T>(_data + tensorIndex, checked((int)(Count - tensorIndex))).CopyTo(array.AsSpan(arrayIndex));
        }
        else
        {
            for (var i = tensorIndex; i < Count; ++i) array[arrayIndex++] = _data[Offset(i)];
        }

        GC.KeepAlive(_tensor);
    }

    /// <summary>Writes the elements from an array.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        for (var i = tensorIndex; i < Count && arrayIndex < array.Length; ++i) this[i] = array[arrayIndex++];
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; ++i) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => GC.KeepAlive(_tensor);

    private T* Address(long[] indices)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, _tensor);
        if (indices.Length == 1 && _shape.Length != 1)
        {
            if ((ulong)indices[0] >= (ulong)Count) throw new IndexOutOfRangeException($"element {indices[0]} of {Count}");
            return _data + Offset(indices[0]);
        }

        if (indices.Length != _shape.Length) throw new ArgumentException($"{indices.Length} indices for {_shape.Length} dimensions");
        long offset = 0;
        for (var d = 0; d < indices.Length; ++d)
        {
            if ((ulong)indices[d] >= (ulong)_shape[d]) throw new IndexOutOfRangeException($"index {indices[d]} of {_shape[d]} in dimension {d}");
            offset += indices[d] * _strides[d];
        }

        return _data + offset;
    }

    private long Offset(long linear)
    {
        if (_contiguous) return linear;
        long offset = 0;
        for (var d = _shape.Length - 1; d >= 0; --d)
        {
            offset += linear % _shape[d] * _strides[d];
            linear /= _shape[d];
        }

        return offset;
    }
}
