namespace Depth3D.Rendering.Splatting;

/// <summary>Drops points with few others around them.</summary>
public static class RadiusOutliers
{
    /// <param name="radius">In widths of the point's source pixel on its surface, so that distance does not matter.</param>
    /// <param name="neighbours">Least number of other points inside.</param>
    /// <returns>For each point whether it stays. Does not depend on the order of the points.</returns>
    public static bool[] Keep(PointCloud cloud, double radius, int neighbours)
    {
        if (!(radius > 0) || neighbours < 1) throw new ArgumentException($"a radius of {radius} with {neighbours} neighbours");
        var keep = new bool[cloud.Count];
        if (cloud.Count <= neighbours) return keep;
        var distances = new NeighbourTree(cloud).FarthestDistances(neighbours + 1);
        for (var i = 0; i < keep.Length; i++) keep[i] = distances[i] <= radius * cloud.Diameters[i];
        return keep;
    }
}
