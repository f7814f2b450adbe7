namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>The affine motion of most of the points of an object.</summary>
internal static class AffineMotion
{
    private const int Rounds = 3;

    /// <summary>Squared residuals above this multiple of their median belong to something else.</summary>
    private const double OutlierRatio = 4;

    /// <summary>Squared pixels that no residual is told apart below.</summary>
    private const double Resolution = 1e-4;

    private const int LeastPoints = 20;

    /// <returns>Log of how much longer upright lines became; NaN where the points do not tell.</returns>
    public static double UprightLogStretch(PointMotion[] points)
    {
        var (used, stretch) = (points, double.NaN);
        for (var round = 0; round < Rounds && used.Length >= LeastPoints; round++)
        {
            if (Fit(used) is not { } fit) break;
            stretch = 0.5 * Math.Log((fit.A12 * fit.A12) + (fit.A22 * fit.A22));
            var errors = Array.ConvertAll(points, fit.SquaredError);
            var limit = (OutlierRatio * errors.Order().ElementAt(errors.Length / 2)) + Resolution;
            used = [.. points.Where((_, i) => errors[i] <= limit)];
        }

        return stretch;
    }

    private static Affine? Fit(PointMotion[] points)
    {
        double mx = points.Average(p => p.X), my = points.Average(p => p.Y), mx2 = points.Average(p => p.X2), my2 = points.Average(p => p.Y2);
        double xx = 0, xy = 0, yy = 0, xu = 0, yu = 0, xv = 0, yv = 0;
        foreach (var p in points)
        {
            double x = p.X - mx, y = p.Y - my, u = p.X2 - mx2, v = p.Y2 - my2;
            (xx, xy, yy) = (xx + (x * x), xy + (x * y), yy + (y * y));
            (xu, yu, xv, yv) = (xu + (x * u), yu + (y * u), xv + (x * v), yv + (y * v));
        }

        var determinant = (xx * yy) - (xy * xy);
        if (determinant < 1e-6 * xx * yy || determinant <= 0) return null;
        return new Affine(mx, my, mx2, my2, ((xu * yy) - (yu * xy)) / determinant, ((yu * xx) - (xu * xy)) / determinant,
            ((xv * yy) - (yv * xy)) / determinant, ((yv * xx) - (xv * xy)) / determinant);
    }

    private readonly record struct Affine(double X, double Y, double X2, double Y2, double A11, double A12, double A21, double A22)
    {
        public double SquaredError(PointMotion p)
        {
            double x = p.X - X, y = p.Y - Y;
            double u = (A11 * x) + (A12 * y) + X2 - p.X2, v = (A21 * x) + (A22 * y) + Y2 - p.Y2;
            return (u * u) + (v * v);
        }
    }
}
