using System.Runtime.InteropServices;

namespace Depth3D.Imaging;

/// <summary>An array as NPY stores it: row-major, little-endian. An empty shape is a scalar.</summary>
public sealed class NpyArray
{
    private readonly byte[] _data;

    internal NpyArray(DType type, int[] shape, byte[] data) => (DType, Shape, _data) = (type, shape, data);

    public DType DType { get; }

    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count => _data.Length / DTypes.Size(DType);

    public ReadOnlySpan<byte> Bytes => _data;

    /// <summary>Copies <paramref name="data"/>.</summary>
    /// <exception cref="ArgumentException">The product of the shape is not the number of elements.</exception>
    public static NpyArray From<T>(ReadOnlySpan<T> data, params int[] shape) where T : unmanaged
    {
        var count = 1;
        foreach (var side in shape) count = checked(count * (side >= 0 ? side : throw new ArgumentException($"negative side {side}")));
        if (count != data.Length)
            throw new ArgumentException($"{data.Length} elements for shape ({string.Join(", ", shape)})", nameof(shape));
        return new NpyArray(DTypes.Of<T>(), [.. shape], MemoryMarshal.AsBytes(data).ToArray());
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, int[])"/>
    public static NpyArray From<T>(T[] data, params int[] shape) where T : unmanaged => From((ReadOnlySpan<T>)data, shape);

    public static NpyArray Scalar<T>(T value) where T : unmanaged => From<T>([value]);

    /// <summary>[H, W] for one channel, [H, W, C] for more.</summary>
    public static NpyArray From<T>(Raster<T> raster) where T : unmanaged => raster.Channels == 1
        ? From(raster.Samples, raster.Height, raster.Width)
        : From(raster.Samples, raster.Height, raster.Width, raster.Channels);

    /// <summary>The elements without copying.</summary>
    /// <exception cref="InvalidOperationException">The array has another element type.</exception>
    public ReadOnlySpan<T> As<T>() where T : unmanaged => DTypes.Of<T>() == DType
        ? MemoryMarshal.Cast<byte, T>(_data)
        : throw new InvalidOperationException($"the array holds {DType}, {typeof(T).Name} was expected");

    /// <summary>A copy as a raster: [H, W] or [H, W, C].</summary>
    /// <exception cref="InvalidOperationException">Another element type, or another number of dimensions.</exception>
    public Raster<T> ToRaster<T>() where T : unmanaged => Shape switch
    {
        [var h, var w] => new Raster<T>(w, h, 1, As<T>().ToArray()),
        [var h, var w, var c] => new Raster<T>(w, h, c, As<T>().ToArray()),
        _ => throw new InvalidOperationException($"shape ({string.Join(", ", Shape)}) is not that of an image"),
    };
}
