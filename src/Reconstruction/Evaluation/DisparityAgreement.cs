using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Evaluation;

/// <summary>
/// How well depth agrees with somebody else's relative disparity, whose scale and shift are unknown: correlation of inverse depth with it, by
/// region.
/// </summary>
public static class DisparityAgreement
{
    /// <param name="depth">z; its inverse is scaled to the other's size.</param>
    /// <param name="disparity">Larger is nearer.</param>
    /// <param name="movingMask">At least 128 = moving, any size; null when everything stands still.</param>
    public static IReadOnlyDictionary<DepthRegion, DisparityCorrelation> Measure(
        Raster<float> depth, Raster<ushort> disparity, Raster<byte>? movingMask = null)
    {
        var inverse = new Raster<float>(depth.Width, depth.Height);
        for (var i = 0; i < depth.Samples.Length; i++) inverse.Samples[i] = depth.Samples[i] > 0 ? 1 / depth.Samples[i] : 0;
        var own = Resize.Area(inverse, disparity.Width, disparity.Height).Samples;
        var moving = movingMask is null ? null : Resize.Nearest(movingMask, disparity.Width, disparity.Height).Samples;
        var every = Enumerable.Range(0, own.Length).ToArray();
        return new Dictionary<DepthRegion, DisparityCorrelation>
        {
            [DepthRegion.All] = Correlate(every),
            [DepthRegion.Static] = Correlate(moving is null ? every : [.. every.Where(i => moving[i] < 128)]),
            [DepthRegion.Moving] = Correlate(moving is null ? [] : [.. every.Where(i => moving[i] >= 128)]),
        };

        DisparityCorrelation Correlate(int[] pixels)
        {
            var a = Array.ConvertAll(pixels, i => (double)own[i]);
            var b = Array.ConvertAll(pixels, i => (double)disparity.Samples[i]);
            return new DisparityCorrelation(Pearson(a, b), Pearson(Ranks(a), Ranks(b)));
        }
    }

    private static double Pearson(double[] a, double[] b)
    {
        if (a.Length < 2) return double.NaN;
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            double x = a[i] - meanA, y = b[i] - meanB;
            (ab, aa, bb) = (ab + (x * y), aa + (x * x), bb + (y * y));
        }

        return aa == 0 || bb == 0 ? double.NaN : ab / Math.Sqrt(aa * bb);
    }

    /// <summary>Rank of each value; equal values share the mean of their ranks.</summary>
    private static double[] Ranks(double[] values)
    {
        var (sorted, order) = ((double[])values.Clone(), Enumerable.Range(0, values.Length).ToArray());
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (int first = 0, end; first < order.Length; first = end)
        {
            for (end = first + 1; end < order.Length && sorted[end] == sorted[first];) end++;
            for (var k = first; k < end; k++) ranks[order[k]] = (first + end - 1) / 2.0;
        }

        return ranks;
    }
}
