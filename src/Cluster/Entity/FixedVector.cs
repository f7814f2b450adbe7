namespace Depth3D.Cluster.Entity;

/// <summary>
/// An immutable array of fixed length, kept as a tree of small arrays: changing an item copies one of them per level, and earlier versions
/// stay as they were. Far smaller than a balanced tree with an item per node, so that many clips stay in the processor's caches.
/// </summary>
internal sealed class FixedVector<T>
    where T : class
{
    private const int Bits = 3;
    private const int Width = 1 << Bits;
    private const int Mask = Width - 1;

    private readonly object[] _root;
    private readonly int _shift;

    private FixedVector(object[] root, int shift, int count) => (_root, _shift, Count) = (root, shift, count);

    public static FixedVector<T> Empty { get; } = new([], 0, 0);

    public int Count { get; }

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var node = _root;
            for (var shift = _shift; shift > 0; shift -= Bits) node = (object[])node[(index >> shift) & Mask];
            return (T)node[index & Mask];
        }
    }

    public static FixedVector<T> Of(IReadOnlyList<T> items)
    {
        if (items.Count == 0) return Empty;
        object[] level = [.. items];
        var shift = 0;
        for (; level.Length > Width; shift += Bits) level = [.. level.Chunk(Width)];
        return new(level, shift, items.Count);
    }

    public FixedVector<T> SetItem(int index, T value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return new(Set(_root, _shift, index, value), _shift, Count);
    }

    private static object[] Set(object[] node, int shift, int index, T value)
    {
        var copy = (object[])node.Clone();
        ref var place = ref copy[(index >> shift) & Mask];
        place = shift == 0 ? value : Set((object[])place, shift - Bits, index, value);
        return copy;
    }
}
