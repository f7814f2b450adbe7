using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Masks;

/// <summary>
/// A projective view of a reference frame's pixels: x ~ Plane * p + parallax * Epipole, p and x homogeneous in normalised coordinates
/// (pixels from the centre over half the width). With a zero epipole it is a homography. No focal length is needed.
/// </summary>
internal readonly record struct PlaneParallax(Mat3 Plane, Vec3 Epipole)
{
    public static readonly PlaneParallax Identity = new(Mat3.Identity, Vec3.Zero);

    /// <summary>Point in the other view, normalised; NaN behind it.</summary>
    public (double X, double Y) Map(double x, double y, double parallax)
    {
        var q = (Plane * new Vec3(x, y, 1)) + (Epipole * parallax);
        return q.Z > 1e-6 ? (q.X / q.Z, q.Y / q.Z) : (double.NaN, double.NaN);
    }

    /// <summary>Maps the reference point to its epipolar line: [Epipole]x Plane.</summary>
    public Mat3 Fundamental()
    {
        var e = Epipole;
        var cross = new Mat3(0, -e.Z, e.Y, e.Z, 0, -e.X, -e.Y, e.X, 0);
        return cross * Plane;
    }

    /// <summary>
    /// Robust linear resection: the view that maps <paramref name="points"/> best, starting from <paramref name="start"/>, by reweighted least squares
    /// with Geman-McClure weights whose scale follows the residuals' median but stays within the given bounds (normalised units).
    /// </summary>
    /// <param name="withEpipole">False fits a homography.</param>
    public static PlaneParallax Fit(ReadOnlySpan<Observation> points, PlaneParallax start, bool withEpipole, double minScale, double maxScale,
        int iterations)
    {
        var model = start;
        var residuals = new double[points.Length];
        var sorted = new double[points.Length];
        Span<double> row = stackalloc double[11];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var count = 0;
            for (var i = 0; i < points.Length; i++)
            {
                residuals[i] = model.Residual(points[i]);
                if (double.IsFinite(residuals[i])) sorted[count++] = residuals[i];
            }

            if (count < 16) return model;
            Array.Sort(sorted, 0, count);
            var scale = Math.Clamp(2 * sorted[count / 2], minScale, maxScale);
            var n = withEpipole ? 11 : 8;
            var equations = new NormalEquations(n);
            for (var i = 0; i < points.Length; i++)
            {
                if (!double.IsFinite(residuals[i])) continue;
                var p = points[i];
                var t = residuals[i] / scale;
                var z = (model.Plane * new Vec3(p.X, p.Y, 1)).Z + (p.Parallax * model.Epipole.Z);
                var weight = 1 / ((1 + (t * t)) * (1 + (t * t)) * z * z);
                Rows(equations, row[..n], p, weight, withEpipole);
            }

            if (equations.Solve() is not { } s) return model;
            model = new PlaneParallax(new Mat3(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], 1),
                withEpipole ? new Vec3(s[8], s[9], s[10]) : Vec3.Zero);
        }

        return model;
    }

    /// <summary>Distance between a point's observed and predicted place, normalised units.</summary>
    public double Residual(in Observation p)
    {
        var (x, y) = Map(p.X, p.Y, p.Parallax);
        return Math.Sqrt(((x - p.OtherX) * (x - p.OtherX)) + ((y - p.OtherY) * (y - p.OtherY)));
    }

    private static void Rows(NormalEquations equations, Span<double> row, in Observation p, double weight, bool withEpipole)
    {
        row.Clear();
        (row[0], row[1], row[2]) = (p.X, p.Y, 1);
        (row[6], row[7]) = (-p.OtherX * p.X, -p.OtherX * p.Y);
        if (withEpipole) (row[8], row[10]) = (p.Parallax, -p.OtherX * p.Parallax);
        equations.Add(row, p.OtherX, weight);
        row.Clear();
        (row[3], row[4], row[5]) = (p.X, p.Y, 1);
        (row[6], row[7]) = (-p.OtherY * p.X, -p.OtherY * p.Y);
        if (withEpipole) (row[9], row[10]) = (p.Parallax, -p.OtherY * p.Parallax);
        equations.Add(row, p.OtherY, weight);
    }

    /// <summary>A reference point, its parallax, and where the other view shows it; normalised coordinates.</summary>
    public readonly record struct Observation(double X, double Y, double OtherX, double OtherY, double Parallax);
}
