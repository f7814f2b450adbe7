using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// Takes whole objects where evidence marks part of them. A body that moves along its epipolar lines obeys the camera's geometry at a wrong
/// depth: it leaves little evidence, but the wrong depth sets it off from everything around it. So the mask is the cheapest cut: evidence
/// pulls a pixel in, lack of it weakly out, and a boundary costs where the picture is one surface and next to nothing where it jumps.
/// </summary>
internal static class ObjectCut
{
    /// <summary>Cost of a pixel's length of boundary inside a surface, and its share where surfaces end.</summary>
    private const float BoundaryCost = 1.5f, LeastShare = 0.05f;

    /// <summary>
    /// Cost of taking in a pixel with no evidence at all; strong evidence gains 1. Low, because a static pixel and one that moves along its
    /// epipolar line look alike.
    /// </summary>
    private const float StillCost = 0.3f;

    /// <summary>Octaves of evidence over and under the threshold at which gain and cost are full.</summary>
    private const float FullOctaves = 2, EmptyOctaves = 4;

    private const int Iterations = 300;

    /// <param name="ratio">Evidence over the frame's threshold.</param>
    /// <returns>0 to 1 per pixel; over a half is an object that moves.</returns>
    public static Raster<float> Run(Raster<float> ratio, SurfaceLinks links)
    {
        var gain = new Raster<float>(ratio.Width, ratio.Height);
        for (var i = 0; i < gain.Samples.Length; i++)
        {
            var octaves = MathF.Log2(Math.Max(ratio.Samples[i], 1e-3f));
            gain.Samples[i] = octaves > 0 ? Math.Min(octaves / FullOctaves, 1) : StillCost * Math.Max(octaves / EmptyOctaves, -1);
        }

        return TotalVariationCut.Solve(gain, Costs(links.Right), Costs(links.Down), Iterations);
    }

    private static Raster<float> Costs(Raster<byte> links)
    {
        var costs = new Raster<float>(links.Width, links.Height);
        for (var i = 0; i < costs.Samples.Length; i++)
            costs.Samples[i] = BoundaryCost * (LeastShare + ((1 - LeastShare) * links.Samples[i] / 255));
        return costs;
    }
}
