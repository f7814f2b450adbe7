using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Loops.Model;

/// <summary>Places planes and the texel grid on them (spec 2.1, 2.2).</summary>
public static class PlaneLadder
{
    /// <summary>Depths uniform in disparity, nearest first: 1/z_k = 1/near - k (1/near - 1/far) / (count - 1). One plane lies at <paramref name="near"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; near &lt; far, or no plane.</exception>
    public static double[] UniformInDisparity(double near, double far, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(near > 0) || !double.IsFinite(near)) throw new ArgumentOutOfRangeException(nameof(near), near, "above 0");
        if (!(far > near) || !double.IsFinite(far)) throw new ArgumentOutOfRangeException(nameof(far), far, $"beyond near, {near}");
        double first = 1 / near, step = count == 1 ? 0 : (first - (1 / far)) / (count - 1);
        return [.. Enumerable.Range(0, count).Select(k => 1 / (first - (k * step)))];
    }

    /// <summary>
    /// The texel grid: texels as large as the reference camera's pixels and on the same rays, the picture enlarged by <paramref name="border"/> and then
    /// to whole tiles, the reference picture in its middle at a whole number of texels.
    /// </summary>
    /// <param name="depths">From near to far.</param>
    /// <param name="border">Size of the grid over that of the picture, at least 1.</param>
    public static LoopGeometry Grid(Intrinsics reference, IReadOnlyList<double> depths, double border, int tileSize)
    {
        ArgumentNullException.ThrowIfNull(depths);
        ArgumentOutOfRangeException.ThrowIfLessThan(tileSize, 1);
        if (!(border >= 1) || border > 16) throw new ArgumentOutOfRangeException(nameof(border), border, "1 to 16");
        for (var k = 1; k < depths.Count; k++)
            if (!(depths[k] > depths[k - 1])) throw new ArgumentException($"plane {k} is not behind plane {k - 1}", nameof(depths));
        int width = WholeTiles(reference.Width * border, tileSize), height = WholeTiles(reference.Height * border, tileSize);
        int left = (width - reference.Width) / 2, top = (height - reference.Height) / 2;
        var plane = reference with { Cx = reference.Cx + left, Cy = reference.Cy + top, Width = width, Height = height };
        return new LoopGeometry { Reference = reference, Plane = plane, PlaneDepths = depths, TileSize = tileSize };
    }

    private static int WholeTiles(double texels, int tileSize) => checked((int)Math.Ceiling((texels - 1e-6) / tileSize) * tileSize);
}
