namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>A plane as a camera sees it: inverse depth is linear in the pixel.</summary>
internal readonly record struct GroundPlane(double AtOrigin, double PerX, double PerY)
{
    private const int Rounds = 8;

    /// <summary>Relative error of inverse depth from which a pixel counts half.</summary>
    private const double HalfTrust = 0.02;

    public double InverseDepth(double x, double y) => AtOrigin + (PerX * x) + (PerY * y);

    /// <summary>Reweighted least squares (Cauchy); null where the pixels do not span a plane.</summary>
    /// <param name="pixels">Pixel and inverse depth.</param>
    public static GroundPlane? Fit(IReadOnlyList<(double X, double Y, double InverseDepth)> pixels)
    {
        if (pixels.Count < 12) return null;
        var middle = pixels.Select(p => p.InverseDepth).Order().ElementAt(pixels.Count / 2);
        var weights = Enumerable.Repeat(1.0, pixels.Count).ToArray();
        GroundPlane? plane = null;
        for (var round = 0; round < Rounds; round++)
        {
            plane = Weighted(pixels, weights);
            if (plane is not { } p) return null;
            for (var i = 0; i < weights.Length; i++)
            {
                var error = (pixels[i].InverseDepth - p.InverseDepth(pixels[i].X, pixels[i].Y)) / (HalfTrust * middle);
                weights[i] = 1 / (1 + (error * error));
            }
        }

        return plane;
    }

    private static GroundPlane? Weighted(IReadOnlyList<(double X, double Y, double InverseDepth)> pixels, double[] weights)
    {
        double w = 0, mx = 0, my = 0, md = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var p = pixels[i];
            (w, mx, my, md) = (w + weights[i], mx + (weights[i] * p.X), my + (weights[i] * p.Y), md + (weights[i] * p.InverseDepth));
        }

        (mx, my, md) = (mx / w, my / w, md / w);
        double xx = 0, xy = 0, yy = 0, xd = 0, yd = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            double x = pixels[i].X - mx, y = pixels[i].Y - my, d = pixels[i].InverseDepth - md, wi = weights[i];
            (xx, xy, yy, xd, yd) = (xx + (wi * x * x), xy + (wi * x * y), yy + (wi * y * y), xd + (wi * x * d), yd + (wi * y * d));
        }

        var determinant = (xx * yy) - (xy * xy);
        if (!(determinant > 1e-9 * w * w)) return null;
        var (perX, perY) = (((xd * yy) - (yd * xy)) / determinant, ((yd * xx) - (xd * xy)) / determinant);
        return new GroundPlane(md - (perX * mx) - (perY * my), perX, perY);
    }
}
