using System.Runtime.Intrinsics;

namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Sums of rows of numbers [frame, RGBA], a multiple of eight long.</summary>
internal static class TexelRows
{
    private const int Lanes = 8;

    /// <summary>to += from * weight, or to = from * weight where it is fresh.</summary>
    public static void Add(ref float to, ref float from, Vector256<float> weight, int width, bool fresh)
    {
        for (nuint n = 0; n < (nuint)width; n += Lanes)
        {
            var value = Vector256.LoadUnsafe(ref from, n) * weight;
            (fresh ? value : value + Vector256.LoadUnsafe(ref to, n)).StoreUnsafe(ref to, n);
        }
    }

    /// <summary>The same with one texel for all frames.</summary>
    public static void Repeat(ref float to, ref float from, float weight, int width, bool fresh)
    {
        var one = Vector128.LoadUnsafe(ref from) * weight;
        var two = Vector256.Create(one, one);
        for (nuint n = 0; n < (nuint)width; n += Lanes) (fresh ? two : two + Vector256.LoadUnsafe(ref to, n)).StoreUnsafe(ref to, n);
    }

    /// <summary>Adds the sum of a row over its frames to one texel.</summary>
    public static void Sum(ref float to, ref float from, float weight, int width)
    {
        var sum = Vector256<float>.Zero;
        for (nuint n = 0; n < (nuint)width; n += Lanes) sum += Vector256.LoadUnsafe(ref from, n);
        (Vector128.LoadUnsafe(ref to) + ((sum.GetLower() + sum.GetUpper()) * weight)).StoreUnsafe(ref to);
    }

}
