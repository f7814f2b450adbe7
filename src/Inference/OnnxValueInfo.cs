namespace Depth3D.Inference;

/// <summary>A named input or output of a model.</summary>
/// <param name="Shape">Extents; -1 where the model leaves one open.</param>
public sealed record OnnxValueInfo(string Name, OnnxElementType ElementType, IReadOnlyList<long> Shape)
{
    /// <summary>For messages: <c>image float32 [?, 3, ?, ?]</c>.</summary>
    public override string ToString() =>
        $"{Name} {ElementType.ToString().ToLowerInvariant()} [{string.Join(", ", Shape.Select(d => d < 0 ? "?" : $"{d}"))}]";

    /// <summary>Whether a tensor of this shape fits: same rank, equal where the model fixes an extent.</summary>
    public bool Accepts(IReadOnlyList<long> shape)
    {
        if (shape.Count != Shape.Count) return false;
        for (var i = 0; i < shape.Count; i++)
        {
            if (Shape[i] >= 0 && Shape[i] != shape[i]) return false;
        }

        return true;
    }
}
