using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Puts a frame's correction, found at training size, on its prior at any size.</summary>
public static class RefinedDepth
{
    /// <param name="prior">Depth z, working size.</param>
    /// <param name="movingShare">0 static to 1 moving, working size.</param>
    /// <returns>prior * exp(correction), in the prior's unit. Pixel edges map to pixel edges between the sizes.</returns>
    public static Raster<float> Apply(Raster<float> prior, Raster<float> movingShare, FrameCorrection correction, int trainWidth, int trainHeight)
    {
        var refined = new Raster<float>(prior.Width, prior.Height);
        double sx = (double)trainWidth / prior.Width, sy = (double)trainHeight / prior.Height;
        Parallel.For(0, prior.Height, y =>
        {
            var ty = ((y + 0.5) * sy) - 0.5;
            var to = refined.Row(y);
            var from = prior.Row(y);
            var share = movingShare.Row(y);
            for (var x = 0; x < to.Length; x++)
                to[x] = (float)(from[x] * Math.Exp(correction.At(((x + 0.5) * sx) - 0.5, ty, share[x])));
        });
        return refined;
    }
}
