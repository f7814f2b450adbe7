using System.Text;
using Depth3D.Messages;

namespace Depth3D.Imaging.Interop;

/// <summary>What every call of <see cref="Cv"/> needs around it: sample types as OpenCV numbers them, and failures as exceptions.</summary>
internal static class CvCall
{
    /// <summary>OpenCV's depth number of a sample type.</summary>
    public static int Depth<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(byte)) return 0;
        if (typeof(T) == typeof(ushort)) return 2;
        if (typeof(T) == typeof(int)) return 4;
        if (typeof(T) == typeof(float)) return 5;
        if (typeof(T) == typeof(double)) return 6;
        throw new NotSupportedException($"samples of type {typeof(T).Name} are not known to OpenCV; use byte, ushort, int, float or double");
    }

    /// <summary>Throws the library's own reason when <paramref name="result"/> is negative.</summary>
    public static int Check(int result, string what, string? where = null) =>
        result < 0 ? throw new Depth3DException($"{what}: {Cv.LastError}", where) : result;

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    public static void SameSize<T1, T2>(Raster<T1> a, Raster<T2> b, string what) where T1 : unmanaged where T2 : unmanaged
    {
        if (a.Width != b.Width || a.Height != b.Height)
            throw new ArgumentException($"{what}: sizes differ, {a.Width}x{a.Height} and {b.Width}x{b.Height}");
    }

    public static void Channels<T>(Raster<T> image, int expected, string what) where T : unmanaged
    {
        if (image.Channels != expected)
            throw new ArgumentException($"{what}: expected {expected} channels, got {image.Channels}");
    }
}
