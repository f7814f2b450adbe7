namespace Depth3D.Rendering.Splatting;

/// <summary>Statistical outlier removal; the numbers are the published ones (spec 7).</summary>
public sealed record OutlierOptions
{
    /// <summary>Nearest points that are averaged over, the point itself counted.</summary>
    public int Neighbours { get; init; } = 30;

    /// <summary>Standard deviations above the mean at which a point goes.</summary>
    public double StdRatio { get; init; } = 0.75;

    /// <summary>
    /// Measure distances in widths of the source pixel at the point. Points of a depth map spread with distance, and without this everything
    /// far away would count as an outlier.
    /// </summary>
    public bool RelativeToPixel { get; init; } = true;

    /// <summary>
    /// With <see cref="RelativeToPixel"/>: a point whose mean distance is below this many pixel widths stays in any case. Thirty neighbours are 2.1
    /// widths away on average within a surface, 2.9 at its border and 4 in a corner.
    /// </summary>
    public double AlwaysKeepPixels { get; init; } = 4;
}
