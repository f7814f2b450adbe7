using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>The depth that the reference camera sees through a whole clip.</summary>
public static class SteadyDepth
{
    /// <summary>Middle disparity of every pixel over the frames that see it; pixels that none sees take the nearest one's that is seen.</summary>
    /// <param name="disparities">1/z per frame; 0 where nothing was seen.</param>
    /// <exception cref="ArgumentException">No frame sees anything.</exception>
    public static Raster<float> Middle(IReadOnlyList<Raster<float>> disparities)
    {
        ArgumentNullException.ThrowIfNull(disparities);
        var middle = new Raster<float>(disparities[0].Width, disparities[0].Height);
        Parallel.For(0, middle.PixelCount, i =>
        {
            var seen = disparities.Select(d => d.Samples[i]).Where(d => d > 0).Order().ToArray();
            middle.Samples[i] = seen.Length == 0 ? 0 : seen[seen.Length / 2];
        });
        return Filled(middle);
    }

    /// <summary>
    /// How much the disparity of a still pixel wanders: its median absolute deviation over the frames, exceeded by a tenth of these pixels (spec 9.2).
    /// </summary>
    /// <param name="still">Non-zero where nothing moves.</param>
    public static double Wander(IReadOnlyList<Raster<float>> disparities, Raster<float> middle, Raster<byte> still)
    {
        ArgumentNullException.ThrowIfNull(disparities);
        ArgumentNullException.ThrowIfNull(middle);
        ArgumentNullException.ThrowIfNull(still);
        var deviations = new List<double>();
        for (var i = 0; i < middle.PixelCount; i++)
        {
            if (still.Samples[i] == 0) continue;
            var away = disparities.Where(d => d.Samples[i] > 0).Select(d => (double)Math.Abs(d.Samples[i] - middle.Samples[i])).ToArray();
            if (away.Length > 0) deviations.Add(OrderStatistics.UpperMedian(away));
        }

        return deviations.Count == 0 ? 0 : OrderStatistics.LowerQuantile(deviations, 0.9);
    }

    private static Raster<float> Filled(Raster<float> map)
    {
        if (Array.TrueForAll(map.Samples, v => v <= 0)) throw new ArgumentException("no frame sees anything", nameof(map));
        while (Array.Exists(map.Samples, v => v <= 0))
        {
            var grown = Filters.Dilate(map, 1);
            for (var i = 0; i < map.Samples.Length; i++)
                if (map.Samples[i] <= 0) map.Samples[i] = Math.Max(0, grown.Samples[i]);
        }

        return map;
    }
}
