using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Depth3D.Reconstruction.Loops.Looping;

/// <summary>The search of <see cref="PatchSearch"/> over the sums of a <see cref="PackedTile"/>, eight places at a time.</summary>
internal sealed class NearestKeys(PatchSettings patch, int queries, int frames, int places)
{
    /// <summary>Beyond any score.</summary>
    private const float Barred = 1e30f;

    private readonly int _keys = frames - patch.Frames + 1;

    /// <param name="sums">[query, frame, place].</param>
    /// <param name="usable">[key][place of the picture], or null.</param>
    /// <param name="pictures">Place in the picture of every place here.</param>
    /// <returns>[query, place].</returns>
    public short[] Of(float[] sums, bool[][]? usable, int[] pictures)
    {
        var (factor, bars) = (Factors(sums), Bars(usable, pictures));
        var nearest = new short[queries * places];
        ref var d = ref MemoryMarshal.GetArrayDataReference(sums);
        for (var i = 0; i < queries; i++)
        {
            for (var p = 0; p < places; p += Vector256<float>.Count)
            {
                var (best, key) = (Vector256.Create(float.MaxValue), Vector256<float>.Zero);
                for (var j = 0; j < _keys; j++)
                {
                    var score = Vector256.LoadUnsafe(ref d, (nuint)((((i * frames) + j) * places) + p));
                    if (factor is not null) score *= Vector256.LoadUnsafe(ref factor[(j * places) + p]);
                    if (bars is not null) score += Vector256.LoadUnsafe(ref bars[(j * places) + p]);
                    var less = Vector256.LessThan(score, best);
                    best = Vector256.ConditionalSelect(less, score, best);
                    key = Vector256.ConditionalSelect(less, Vector256.Create((float)j), key);
                }

                for (var lane = 0; lane < Vector256<float>.Count; lane++) nearest[(i * places) + p + lane] = (short)key[lane];
            }
        }

        return nearest;
    }

    /// <summary>[key, place]: 1 / (alpha + least distance of the key), or null where scores are distances.</summary>
    private float[]? Factors(float[] sums)
    {
        if (!double.IsFinite(patch.Alpha)) return null;
        var units = 3.0 * patch.Frames * patch.Size * patch.Size * PackedLoop.One * PackedLoop.One;
        var alpha = (float)(Math.Max(patch.Alpha, PatchSettings.SmallestAlpha) * units);
        var least = new float[_keys * places];
        for (var j = 0; j < _keys; j++)
        {
            for (var p = 0; p < places; p += Vector256<float>.Count)
            {
                var low = Vector256.Create(float.MaxValue);
                for (var i = 0; i < queries; i++) low = Vector256.Min(low, Vector256.LoadUnsafe(ref sums[(((i * frames) + j) * places) + p]));
                (Vector256<float>.One / (low + Vector256.Create(alpha))).StoreUnsafe(ref least[(j * places) + p]);
            }
        }

        return least;
    }

    private float[]? Bars(bool[][]? usable, int[] pictures)
    {
        if (usable is null) return null;
        var bars = new float[_keys * places];
        for (var p = 0; p < pictures.Length; p++)
        {
            if (!Array.Exists(usable, key => key[pictures[p]])) continue;
            for (var j = 0; j < _keys; j++)
                if (!usable[j][pictures[p]]) bars[(j * places) + p] = Barred;
        }

        return bars;
    }
}
