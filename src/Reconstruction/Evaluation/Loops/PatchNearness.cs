using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Looping;

namespace Depth3D.Reconstruction.Evaluation.Loops;

/// <summary>
/// How near the space-time patches of one clip come to those of another at the same place (spec 7.1): for every patch the other's nearest by mean square,
/// and their mean absolute difference in 8-bit units, averaged over the published three sizes.
/// </summary>
public static class PatchNearness
{
    /// <summary>Size, stride and frames of the three kinds of patches.</summary>
    public static IReadOnlyList<PatchSettings> Published { get; } =
    [
        new() { Size = 5, Stride = 2, Frames = 7 },
        new() { Size = 11, Stride = 4, Frames = 5 },
        new() { Size = 17, Stride = 6, Frames = 3 },
    ];

    /// <summary>NaN where a clip is too short or the pictures are too small for every kind.</summary>
    /// <param name="from">Whose patches look for a nearest.</param>
    /// <param name="among">Where they look.</param>
    public static double Measure(IReadOnlyList<Raster<byte>> from, IReadOnlyList<Raster<byte>> among, int threads = 1) =>
        Mean(Published.Select(patch => Measure(from, among, patch, threads)));

    /// <summary>Over the kinds that fit.</summary>
    internal static double Mean(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(v => !double.IsNaN(v))];
        return known.Length == 0 ? double.NaN : known.Average();
    }

    internal static double Measure(IReadOnlyList<Raster<byte>> from, IReadOnlyList<Raster<byte>> among, PatchSettings patch, int threads)
    {
        var (width, height) = (from[0].Width, from[0].Height);
        if (from.Count < patch.Frames || among.Count < patch.Frames || patch.Places(width) == 0 || patch.Places(height) == 0) return double.NaN;
        var (loop, queries, keys) = (new PackedLoop(from.Count, width, height), Packed(from), Packed(among));
        for (var t = 0; t < from.Count; t++)
            for (var p = 0; p < width * height; p++)
                for (var c = 0; c < 3; c++) loop.Samples[t][(4 * p) + c] = (short)(PackedLoop.Scale * from[t].Samples[(3 * p) + c]);
        var search = new PackedSearch(patch, from.Count, among.Count, width, height);
        var nearest = search.Run(loop, keys, [.. Enumerable.Repeat(true, width * height)], wraps: false, threads: threads);
        var sums = new double[nearest.Length];
        Parallel.For(0, nearest.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            for (var place = 0; place < nearest[i].Length; place++)
                for (var d = 0; d < patch.Frames; d++)
                    sums[i] += Difference(queries.Pixels[i + d], keys.Pixels[nearest[i][place] + d], place / search.Columns * patch.Stride, place % search.Columns * patch.Stride, patch.Size, width);
        });
        return sums.Sum() / ((double)nearest.Length * nearest[0].Length * 3 * patch.Frames * patch.Size * patch.Size);
    }

    private static long Difference(uint[] a, uint[] b, int top, int left, int size, int width)
    {
        long sum = 0;
        for (var y = top; y < top + size; y++)
        {
            for (var p = (y * width) + left; p < (y * width) + left + size; p++)
            {
                var (x, z) = (a[p], b[p]);
                sum += Math.Abs((int)(x & 255) - (int)(z & 255)) + Math.Abs((int)((x >> 8) & 255) - (int)((z >> 8) & 255)) + Math.Abs((int)(x >> 16) - (int)(z >> 16));
            }
        }

        return sum;
    }

    private static PackedClip Packed(IReadOnlyList<Raster<byte>> frames)
    {
        var clip = new PackedClip(frames.Count, frames[0].Width, frames[0].Height);
        for (var t = 0; t < frames.Count; t++) clip.Set(t, frames[t]);
        return clip;
    }
}
