namespace Depth3D.Imaging;

/// <summary>Sizes and C# types of <see cref="DType"/>.</summary>
public static class DTypes
{
    public static int Size(DType type) => type switch
    {
        DType.UInt8 or DType.Int8 or DType.Bool => 1,
        DType.Int16 or DType.UInt16 or DType.Float16 => 2,
        DType.Int32 or DType.UInt32 or DType.Float32 => 4,
        DType.Int64 or DType.UInt64 or DType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
    };

    /// <exception cref="NotSupportedException">There is no element type for <typeparamref name="T"/>.</exception>
    public static DType Of<T>() where T : unmanaged => default(T) switch
    {
        byte => DType.UInt8,
        sbyte => DType.Int8,
        bool => DType.Bool,
        short => DType.Int16,
        ushort => DType.UInt16,
        Half => DType.Float16,
        int => DType.Int32,
        uint => DType.UInt32,
        float => DType.Float32,
        long => DType.Int64,
        ulong => DType.UInt64,
        double => DType.Float64,
        _ => throw new NotSupportedException($"arrays of {typeof(T).Name} cannot be stored"),
    };
}
