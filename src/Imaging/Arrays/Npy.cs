using Depth3D.Messages;

namespace Depth3D.Imaging;

/// <summary>NPY files. Writing leaves a complete file or none; the same array gives the same bytes.</summary>
public static class Npy
{
    /// <param name="shape">Its product is the number of elements; leave it out for one dimension.</param>
    public static void Write<T>(string path, ReadOnlySpan<T> data, params int[] shape) where T : unmanaged =>
        Write(path, NpyArray.From(data, shape.Length == 0 ? [data.Length] : shape));

    /// <inheritdoc cref="Write{T}(string, ReadOnlySpan{T}, int[])"/>
    public static void Write<T>(string path, T[] data, params int[] shape) where T : unmanaged =>
        Write(path, (ReadOnlySpan<T>)data, shape);

    /// <summary>[H, W] for one channel, [H, W, C] for more.</summary>
    public static void Write<T>(string path, Raster<T> raster) where T : unmanaged => Write(path, NpyArray.From(raster));

    public static void Write(string path, NpyArray array) => OutputFile.Write(path, NpyFormat.Write(array));

    /// <summary>Reads versions 1 to 3; Fortran order and big-endian numbers are turned round.</summary>
    /// <exception cref="Depth3DException">Missing, not an array, of Python objects, too large, or truncated.</exception>
    public static NpyArray Read(string path) => NpyFormat.Read(InputFile.ReadAll(path, Array.MaxLength), path);
}
