using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>Keeps, drops and fills regions of a mask (255 = moving).</summary>
public static class MaskRegions
{
    /// <summary>Sets to 0 every region that <paramref name="keep"/> refuses, or all but the largest kept one. Changes the mask.</summary>
    public static void Keep(Raster<byte> mask, Func<Component, Raster<int>, bool> keep, bool largestOnly = false)
    {
        var components = Filters.ConnectedComponents(mask);
        var kept = new bool[components.Regions.Count + 1];
        Component? largest = null;
        foreach (var region in components.Regions)
        {
            if (!keep(region, components.Labels)) continue;
            kept[region.Label] = true;
            if (largest is not { } l || region.Area > l.Area) largest = region;
        }

        if (largestOnly && largest is { } only)
        {
            Array.Clear(kept);
            kept[only.Label] = true;
        }

        for (var i = 0; i < mask.Samples.Length; i++) mask.Samples[i] = kept[components.Labels.Samples[i]] ? (byte)255 : (byte)0;
    }

    /// <summary>Fills background regions of fewer than <paramref name="maxArea"/> pixels that do not touch the picture's edge. Changes the mask.</summary>
    public static void FillHoles(Raster<byte> mask, int maxArea)
    {
        int w = mask.Width, h = mask.Height;
        var inverse = new Raster<byte>(w, h);
        for (var i = 0; i < mask.Samples.Length; i++) inverse.Samples[i] = mask.Samples[i] == 0 ? (byte)255 : (byte)0;
        var components = Filters.ConnectedComponents(inverse);
        var fill = new bool[components.Regions.Count + 1];
        foreach (var r in components.Regions)
            fill[r.Label] = r.Area < maxArea && r.X > 0 && r.Y > 0 && r.X + r.Width < w && r.Y + r.Height < h;
        for (var i = 0; i < mask.Samples.Length; i++)
            if (fill[components.Labels.Samples[i]]) mask.Samples[i] = 255;
    }

    /// <summary>Share of the picture that is marked.</summary>
    public static double Share(Raster<byte> mask)
    {
        var count = 0;
        foreach (var value in mask.Samples) count += value != 0 ? 1 : 0;
        return count / (double)mask.Samples.Length;
    }
}
