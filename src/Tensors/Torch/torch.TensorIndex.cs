namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an index expression: a number, a range, a mask, positions, a new axis or the ellipsis.</summary>
    public readonly struct TensorIndex
    {
        private const long Open = long.MaxValue;
        private readonly Tensor? _tensor;
        private readonly IndexItem _item;

        private TensorIndex(long kind, long a = 0, long b = 0, long c = 0, Tensor? tensor = null)
        {
            _item = new IndexItem { Kind = kind, A = a, B = b, C = c };
            _tensor = tensor;
        }

        /// <summary>As many full dimensions as are left.</summary>
        public static TensorIndex Ellipsis => new(5);

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex None => new(4);

        public static TensorIndex Null => None;

        /// <summary>The whole dimension.</summary>
        public static TensorIndex Colon => Slice();

        /// <param name="step">Positive.</param>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(0, start ?? 0, stop ?? Open, step ?? 1);

        public static TensorIndex Slice(Range range) => new(0, At(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? Open : At(range.End), 1);

        public static TensorIndex Single(long? index) => index is { } i ? new TensorIndex(1, i) : None;

        public static TensorIndex Bool(bool value) => new(2, value ? 1 : 0);

        public static TensorIndex Tensor(Tensor tensor) => new(3, tensor: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(int value) => Single(value);

        public static implicit operator TensorIndex(bool value) => Bool(value);

        public static implicit operator TensorIndex(Tensor tensor) => Tensor(tensor);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(At(index));

        /// <summary>The form that crosses the border; the caller keeps this value alive meanwhile.</summary>
        internal IndexItem Item => _item with { Indices = _tensor?.Handle ?? 0 };

        private static long At(Index index) => index.IsFromEnd ? -(long)index.Value : index.Value;
    }
}
