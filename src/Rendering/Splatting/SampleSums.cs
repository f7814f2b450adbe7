using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Rendering.Splatting;

/// <summary>
/// Sums of colours over the samples of a pixel, in four fields of 16 bits: blue, green, red and, above, the number of samples that a point covers. Those
/// where none is add nothing.
/// </summary>
internal static class SampleSums
{
    /// <param name="samples">Rows of the sample grid that make one of the picture, one after the other.</param>
    /// <param name="n">Their number, and that of samples a pixel has in each.</param>
    /// <param name="sums">Per pixel.</param>
    /// <param name="nearest">Per pixel the smallest sample; empty if not needed.</param>
    public static void Row(ReadOnlySpan<ulong> samples, int n, Span<ulong> sums, Span<ulong> nearest)
    {
        int width = sums.Length, stride = width * n;
        for (var x = n == 2 ? InFours(samples, sums, nearest) : 0; x < width; x++)
        {
            ulong sum = 0, least = SplatKernel.Empty;
            for (var row = 0; row < n; row++)
                foreach (var sample in samples.Slice((row * stride) + (x * n), n))
                {
                    sum += Fields(sample);
                    least = Math.Min(least, sample);
                }

            sums[x] = sum;
            if (!nearest.IsEmpty) nearest[x] = least;
        }
    }

    /// <summary>Two samples per axis, four pixels at a time.</summary>
    /// <returns>The pixels that are done.</returns>
    private static int InFours(ReadOnlySpan<ulong> samples, Span<ulong> sums, Span<ulong> nearest)
    {
        int width = sums.Length, x = 0;
        ReadOnlySpan<ulong> upper = samples[..(2 * width)], lower = samples.Slice(2 * width, 2 * width);
        for (; x + 4 <= width; x += 4)
        {
            Vector256<ulong> a = Vector256.Create(upper[(2 * x)..]), b = Vector256.Create(upper[((2 * x) + 4)..]);
            Vector256<ulong> c = Vector256.Create(lower[(2 * x)..]), d = Vector256.Create(lower[((2 * x) + 4)..]);
            Vector256<ulong> left = Fields(a) + Fields(c), right = Fields(b) + Fields(d);
            (Evens(left, right) + Odds(left, right)).CopyTo(sums[x..]);
            if (nearest.IsEmpty) continue;
            Vector256<ulong> one = Nearer(a, c), other = Nearer(b, d);
            Nearer(Evens(one, other), Odds(one, other)).CopyTo(nearest[x..]);
        }

        return x;
    }

    /// <summary>As signed numbers, which no sample exceeds.</summary>
    private static Vector256<ulong> Nearer(Vector256<ulong> a, Vector256<ulong> b) => Vector256.Min(a.AsInt64(), b.AsInt64()).AsUInt64();

    private static Vector256<ulong> Evens(Vector256<ulong> a, Vector256<ulong> b) =>
        Vector256.Create(Vector256.Shuffle(a, Vector256.Create(0ul, 2, 0, 2)).GetLower(), Vector256.Shuffle(b, Vector256.Create(0ul, 2, 0, 2)).GetLower());

    private static Vector256<ulong> Odds(Vector256<ulong> a, Vector256<ulong> b) =>
        Vector256.Create(Vector256.Shuffle(a, Vector256.Create(1ul, 3, 1, 3)).GetLower(), Vector256.Shuffle(b, Vector256.Create(1ul, 3, 1, 3)).GetLower());

    private static ulong Fields(ulong sample) => sample == SplatKernel.Empty ? 0
        : (sample & 0xFF) | ((sample & 0xFF00) << 8) | ((sample & 0xFF0000) << 16) | (1ul << 48);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Fields(Vector256<ulong> samples)
    {
        var spread = Vector256.Shuffle(samples.AsByte(), Vector256.Create((byte)0, 255, 1, 255, 2, 255, 255, 255, 8, 255, 9, 255, 10, 255, 255, 255,
            16, 255, 17, 255, 18, 255, 255, 255, 24, 255, 25, 255, 26, 255, 255, 255)).AsUInt64();
        return Vector256.AndNot(spread | Vector256.Create(1ul << 48), Vector256.Equals(samples, Vector256.Create(SplatKernel.Empty)));
    }
}
