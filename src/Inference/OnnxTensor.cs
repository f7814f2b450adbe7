namespace Depth3D.Inference;

/// <summary>A dense row-major tensor of floats in managed memory.</summary>
public sealed class OnnxTensor
{
    /// <summary>Wraps the values without copying.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the extents, or an extent is negative.</exception>
    public OnnxTensor(float[] values, params long[] shape)
    {
        if (ElementCount(shape) != values.Length)
            throw new ArgumentException($"{values.Length} values for a tensor of [{string.Join(", ", shape)}]", nameof(values));
        Values = values;
        Shape = shape;
    }

    public float[] Values { get; }

    public IReadOnlyList<long> Shape { get; }

    public int Rank => Shape.Count;

    public override string ToString() => $"[{string.Join(", ", Shape)}]";

    internal static long ElementCount(IReadOnlyList<long> shape)
    {
        long count = 1;
        foreach (var extent in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extent, nameof(shape));
            count = checked(count * extent);
        }

        return count;
    }
}
