namespace Depth3D.Rendering.Splatting;

/// <summary>Drops points that stand alone: their mean distance to the nearest points is far above that of the cloud (spec 7).</summary>
public static class OutlierRemoval
{
    /// <summary>Bounds must hold by this much more than single precision needs.</summary>
    private const double BoundShare = 0.999;

    /// <returns>For each point whether it stays. Does not depend on the order of the points.</returns>
    public static bool[] Keep(PointCloud cloud, OutlierOptions? options = null)
    {
        options ??= new();
        if (options.Neighbours < 2) throw new ArgumentException($"at least 2 neighbours are needed, not {options.Neighbours}", nameof(options));
        var keep = new bool[cloud.Count];
        if (cloud.Count < 2) return keep;
        var (distances, limit) = Measure(cloud, options);
        for (var i = 0; i < keep.Length; i++) keep[i] = distances[i] > 0 && distances[i] < limit;
        return keep;
    }

    private static (float[] Distances, double Limit) Measure(PointCloud cloud, OutlierOptions options)
    {
        var grid = GridNeighbours.For(cloud, options.Neighbours);
        if (grid is not null && options is { RelativeToPixel: true, AlwaysKeepPixels: > 0 } && ByBounds(grid, options) is { } relative)
            return (relative, options.AlwaysKeepPixels);
        var distances = grid?.MeanDistances() ?? new NeighbourTree(cloud).MeanDistances(options.Neighbours);
        return Limited(options.RelativeToPixel ? Relative(distances, cloud) : distances, options);
    }

    /// <summary>
    /// Measures only points that might go, if the limit is <see cref="OutlierOptions.AlwaysKeepPixels"/> for certain; for the others, which stay, a
    /// bound of their distance does. Bounds make the mean too large by some m, and the deviation too small by no more than that of numbers between 0
    /// and the limit L with mean m, at most √(L m). So mean + r deviations is too small by no more than the maximum of r √(L m) − m over all m,
    /// which is r² L / 4.
    /// </summary>
    /// <returns>In diameters; null where the limit is not certain.</returns>
    private static float[]? ByBounds(GridNeighbours grid, OutlierOptions options)
    {
        var limit = options.AlwaysKeepPixels;
        var relative = grid.Relative((float)(BoundShare * limit));
        return MeanAndDeviations(relative, options.StdRatio) + (options.StdRatio * options.StdRatio * limit / 4) < BoundShare * limit ? relative : null;
    }

    private static float[] Relative(float[] distances, PointCloud cloud)
    {
        for (var i = 0; i < distances.Length; i++) distances[i] /= cloud.Diameters[i];
        return distances;
    }

    private static (float[] Distances, double Limit) Limited(float[] distances, OutlierOptions options)
    {
        // Summed in ascending order, so that the limit is the same for any order of points.
        var sorted = (float[])distances.Clone();
        Array.Sort(sorted);
        var limit = MeanAndDeviations(sorted, options.StdRatio);
        return (distances, options.RelativeToPixel ? Math.Max(limit, options.AlwaysKeepPixels) : limit);
    }

    /// <summary>Mean plus a multiple of the sample deviation.</summary>
    private static double MeanAndDeviations(float[] distances, double stdRatio)
    {
        double sum = 0, squares = 0;
        foreach (var d in distances) sum += d;
        var mean = sum / distances.Length;
        foreach (var d in distances) squares += (d - mean) * (d - mean);
        return mean + (stdRatio * Math.Sqrt(squares / (distances.Length - 1)));
    }
}
