namespace Depth3D.Inference.Registry;

/// <summary>The axes of a value read as [N, C, H, W] or [N, H, W]; null where an axis is open or missing.</summary>
internal sealed class ShapeOf(OnnxValueInfo info)
{
    public string Name => info.Name;

    public int Rank => info.Shape.Count;

    public long? Channels => Rank == 4 ? Extent(1) : null;

    public long? Height => Rank >= 3 ? Extent(Rank - 2) : null;

    public long? Width => Rank >= 3 ? Extent(Rank - 1) : null;

    public bool IsRgb => Rank == 4 && Channels is 3 && info.ElementType == OnnxElementType.Float32;

    public bool IsSquare => Width is not null && Width == Height;

    /// <summary>Whether the sides are open or multiples of <paramref name="n"/>.</summary>
    public bool FitsMultiple(int n) => (Width ?? 0) % n == 0 && (Height ?? 0) % n == 0;

    private long? Extent(int axis) => info.Shape[axis] >= 0 ? info.Shape[axis] : null;
}
