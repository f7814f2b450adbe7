namespace Depth3D.Reconstruction.Models;

/// <summary>A robust line y = Slope x + Shift through samples with outliers in y.</summary>
/// <param name="Correlation">Weighted correlation of x and y over the samples that the fit believes, -1..1; 0 where there is none.</param>
/// <param name="InlierShare">Share of the samples within the fit's rejection bound.</param>
internal readonly record struct AffineFit(double Slope, double Shift, double Correlation, double InlierShare)
{
    private const int AbsoluteRounds = 40;
    private const int TukeyRounds = 20;

    /// <summary>Rejection bound of Tukey's biweight in standard deviations: 95 % efficiency on Gaussian noise (Huber 1981).</summary>
    private const double TukeyBound = 4.685;

    /// <summary>Standard deviation of a Gaussian by its median absolute deviation.</summary>
    private const double DeviationFromMad = 1.4826;

    /// <summary>Least absolute deviations by reweighting, then Tukey's biweight at the scale of the residuals' median.</summary>
    /// <exception cref="ArgumentException">Fewer than 3 samples, or arrays of different length.</exception>
    public static AffineFit Robust(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length || x.Length < 3) throw new ArgumentException($"{x.Length} and {y.Length} samples; at least 3 pairs are needed");
        var weights = new double[x.Length];
        Array.Fill(weights, 1);
        var residuals = new double[x.Length];
        var line = Weighted(x, y, weights);
        for (var round = 0; round < AbsoluteRounds; round++)
        {
            var scale = Residuals(x, y, line, residuals);
            if (scale <= 0) break;
            for (var i = 0; i < weights.Length; i++) weights[i] = 1 / Math.Max(Math.Abs(residuals[i]), 1e-3 * scale);
            line = Weighted(x, y, weights);
        }

        var inliers = x.Length;
        for (var round = 0; round < TukeyRounds; round++)
        {
            var bound = TukeyBound * DeviationFromMad * Residuals(x, y, line, residuals);
            if (bound <= 0) break;
            inliers = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                var u = residuals[i] / bound;
                weights[i] = Math.Abs(u) < 1 ? (1 - (u * u)) * (1 - (u * u)) : 0;
                inliers += weights[i] > 0 ? 1 : 0;
            }

            line = Weighted(x, y, weights);
        }

        return line with { InlierShare = inliers / (double)x.Length };
    }

    private static AffineFit Weighted(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] weights)
    {
        double sum = 0, meanX = 0, meanY = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            meanX += weights[i] * x[i];
            meanY += weights[i] * y[i];
        }

        meanX /= sum;
        meanY /= sum;
        double xx = 0, xy = 0, yy = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xx += weights[i] * dx * dx;
            xy += weights[i] * dx * dy;
            yy += weights[i] * dy * dy;
        }

        var slope = xx > 0 ? xy / xx : 0;
        return new AffineFit(slope, meanY - (slope * meanX), xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0, 1);
    }

    /// <summary>Fills in y - line(x) and returns the median of its absolute values.</summary>
    private static double Residuals(ReadOnlySpan<double> x, ReadOnlySpan<double> y, AffineFit line, double[] residuals)
    {
        var absolute = new double[residuals.Length];
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = y[i] - ((line.Slope * x[i]) + line.Shift);
            absolute[i] = Math.Abs(residuals[i]);
        }

        Array.Sort(absolute);
        return absolute[absolute.Length / 2];
    }
}
