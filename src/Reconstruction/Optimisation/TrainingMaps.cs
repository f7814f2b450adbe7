using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Brings working-size maps to training size.</summary>
public static class TrainingMaps
{
    /// <summary>A training pixel is moving when more than this share of it is.</summary>
    private const float MovingShare = 0.3f;

    /// <summary>Depth, averaged as disparity: averages of depth invent surfaces far behind an edge (spec 9.13).</summary>
    /// <param name="depth">z &gt; 0.</param>
    public static float[] Depth(Raster<float> depth, int width, int height)
    {
        var disparity = new Raster<float>(depth.Width, depth.Height);
        for (var i = 0; i < disparity.Samples.Length; i++) disparity.Samples[i] = 1 / depth.Samples[i];
        var small = Resize.Area(disparity, width, height).Samples;
        return Array.ConvertAll(small, d => 1 / d);
    }

    /// <param name="mask">255 = moving.</param>
    public static bool[] Moving(Raster<byte> mask, int width, int height) =>
        Array.ConvertAll(Resize.Area(Share(mask), width, height).Samples, s => s > MovingShare);

    /// <summary>0 to 1, same size.</summary>
    public static Raster<float> Share(Raster<byte> mask) =>
        new(mask.Width, mask.Height, 1, Array.ConvertAll(mask.Samples, m => m / 255f));
}
