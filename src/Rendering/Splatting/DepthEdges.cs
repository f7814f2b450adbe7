using Depth3D.Imaging;

namespace Depth3D.Rendering.Splatting;

/// <summary>
/// Finds pixels that bleed between two surfaces: inverse depth changes by much towards both neighbours of a row or column. The last pixel
/// of an object before a clean edge has a neighbour of its own depth and stays. Does not depend on the depth's unit.
/// </summary>
public static class DepthEdges
{
    /// <summary>
    /// Change of inverse depth from pixel to pixel, as a share of it, that no surface in view reaches: a ground plane does only within 17 rows
    /// of its horizon.
    /// </summary>
    private const float MaxStep = 0.06f;

    /// <returns>True where the pixel lies on a surface; false at edges and where depth is not positive and finite.</returns>
    public static bool[] OnSurface(Raster<float> depth)
    {
        int width = depth.Width, height = depth.Height;
        var disparity = new float[depth.PixelCount];
        for (var i = 0; i < disparity.Length; i++)
        {
            var z = depth.Samples[i];
            disparity[i] = z > 0 && float.IsFinite(z) ? 1 / z : 0;
        }

        var keep = new bool[disparity.Length];
        Parallel.For(0, height, y =>
        {
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                keep[i] = disparity[i] > 0
                    && Belongs(disparity[x > 0 ? i - 1 : i], disparity[i], disparity[x < width - 1 ? i + 1 : i])
                    && Belongs(disparity[y > 0 ? i - width : i], disparity[i], disparity[y < height - 1 ? i + width : i]);
            }
        });
        return keep;
    }

    private static bool Belongs(float before, float here, float after) =>
        Math.Min(Math.Abs(before - here), Math.Abs(after - here)) <= MaxStep * here;
}
