namespace Depth3D.Rendering.Splatting;

/// <summary>Drops points that stand alone: their mean distance to the nearest points is far above that of the cloud (spec 7).</summary>
public static class OutlierRemoval
{
    /// <returns>For each point whether it stays. Does not depend on the order of the points.</returns>
    public static bool[] Keep(PointCloud cloud, OutlierOptions? options = null)
    {
        options ??= new();
        if (options.Neighbours < 2) throw new ArgumentException($"at least 2 neighbours are needed, not {options.Neighbours}", nameof(options));
        var keep = new bool[cloud.Count];
        if (cloud.Count < 2) return keep;
        var distances = new NeighbourTree(cloud).MeanDistances(options.Neighbours);
        if (options.RelativeToPixel)
            for (var i = 0; i < distances.Length; i++) distances[i] /= cloud.Diameters[i];
        var limit = Limit(distances, options.StdRatio);
        if (options.RelativeToPixel) limit = Math.Max(limit, options.AlwaysKeepPixels);
        for (var i = 0; i < keep.Length; i++) keep[i] = distances[i] > 0 && distances[i] < limit;
        return keep;
    }

    /// <summary>Mean plus a multiple of the sample deviation; summed in ascending order, so that it is the same for any order of points.</summary>
    private static double Limit(float[] distances, double stdRatio)
    {
        var sorted = (float[])distances.Clone();
        Array.Sort(sorted);
        double sum = 0;
        foreach (var d in sorted) sum += d;
        var mean = sum / sorted.Length;
        double squares = 0;
        foreach (var d in sorted) squares += (d - mean) * (d - mean);
        return mean + (stdRatio * Math.Sqrt(squares / (sorted.Length - 1)));
    }
}
