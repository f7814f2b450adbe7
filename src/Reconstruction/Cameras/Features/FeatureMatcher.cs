using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Cameras.Features;

/// <summary>
/// Exhaustive matching of descriptors with ratio test and cross check. Whole-number arithmetic and fixed order: the same features always give
/// the same matches (COLMAP's own matcher, an approximate search, does not).
/// </summary>
public static class FeatureMatcher
{
    /// <summary>The best distance must be below this share of the second best (Lowe's ratio, COLMAP's default).</summary>
    private const double Ratio = 0.8;

    /// <summary>Largest angle between matching descriptors, radians (COLMAP's default).</summary>
    private const double MaxAngle = 0.7;

    private const int Size = SiftFeatures.DescriptorLength;

    /// <summary>Pairs of indices (in a, in b), ascending in a; every feature occurs at most once.</summary>
    public static List<(int A, int B)> Match(FrameFeatures a, FrameFeatures b)
    {
        var matches = new List<(int, int)>();
        if (a.Count == 0 || b.Count == 0) return matches;
        int[] bestOfA = new int[a.Count], dotOfA = new int[a.Count], secondOfA = new int[a.Count];
        int[] bestOfB = new int[b.Count], dotOfB = new int[b.Count];
        Array.Fill(dotOfA, -1);
        Array.Fill(secondOfA, -1);
        Array.Fill(dotOfB, -1);
        for (var i = 0; i < a.Count; i++)
        {
            var row = a.Descriptors.AsSpan(i * Size, Size);
            for (var j = 0; j < b.Count; j++)
            {
                var dot = Dot(row, b.Descriptors.AsSpan(j * Size, Size));
                if (dot > dotOfA[i]) (bestOfA[i], dotOfA[i], secondOfA[i]) = (j, dot, dotOfA[i]);
                else if (dot > secondOfA[i]) secondOfA[i] = dot;
                if (dot > dotOfB[j]) (bestOfB[j], dotOfB[j]) = (i, dot);
            }
        }

        for (var i = 0; i < a.Count; i++)
        {
            double best = Angle(dotOfA[i]), second = Angle(secondOfA[i]);
            if (best <= MaxAngle && best < Ratio * second && bestOfB[bestOfA[i]] == i) matches.Add((i, bestOfA[i]));
        }

        return matches;
    }

    private static double Angle(int dot) =>
        Math.Acos(Math.Clamp((double)dot / (FrameFeatures.Length * FrameFeatures.Length), -1, 1));

    private static int Dot(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        if (!Avx2.IsSupported)
        {
            var sum = 0;
            for (var k = 0; k < Size; k++) sum += a[k] * b[k];
            return sum;
        }

        var total = Vector256<int>.Zero;
        for (var k = 0; k < Size; k += Vector256<short>.Count)
            total += Avx2.MultiplyAddAdjacent(Vector256.Create(a[k..]), Vector256.Create(b[k..]));
        return Vector256.Sum(total);
    }
}
