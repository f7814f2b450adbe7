namespace Depth3D.Reconstruction.Cameras.Rotation;

/// <summary>Focal length from a turning camera: the one with which rotations explain the correspondences best.</summary>
/// <param name="Pixels">At the correspondences' image size.</param>
/// <param name="Low">Down to here the robust cost rises by at most <see cref="CostRise"/>.</param>
/// <param name="High">Up to here.</param>
/// <param name="Known">Given, not estimated.</param>
public sealed record RotationFocal(double Pixels, double Low, double High, bool Known)
{
    /// <summary>Rise of the cost that bounds the interval.</summary>
    public const double CostRise = 0.05;

    /// <summary>Wider than this (high over low) the turn says nothing about the focal length, and <see cref="DefaultShare"/> is used.</summary>
    private const double MaxRange = 2;

    private const double MinShare = 0.4, MaxShare = 4, DefaultShare = 1.2;

    private const int Steps = 32, Refinements = 24;

    public static RotationFocal Given(double pixels) => new(pixels, pixels, pixels, true);

    /// <param name="longSide">Long side of the image in pixels.</param>
    public static RotationFocal Estimate(IReadOnlyList<FlowCorrespondences> pairs, double longSide)
    {
        double low = Math.Log(MinShare * longSide), high = Math.Log(MaxShare * longSide), step = (high - low) / (Steps - 1);
        var costs = new double[Steps];
        Parallel.For(0, Steps, k => costs[k] = Cost(pairs, Math.Exp(low + (k * step))));
        var best = Array.IndexOf(costs, costs.Min());
        var log = Refine(pairs, low + ((best - 1) * step), low + ((best + 1) * step));
        var limit = Cost(pairs, Math.Exp(log)) * (1 + CostRise);
        int a = best, b = best;
        while (a > 0 && costs[a] <= limit) a--;
        while (b < Steps - 1 && costs[b] <= limit) b++;
        double from = Math.Exp(low + (a * step)), to = Math.Exp(low + (b * step));
        return to / from > MaxRange || a == 0 || b == Steps - 1
            ? new RotationFocal(DefaultShare * longSide, from, to, false)
            : new RotationFocal(Math.Exp(log), from, to, false);
    }

    /// <summary>Sum of robust squared residuals over all points, the fit of each pair included.</summary>
    private static double Cost(IReadOnlyList<FlowCorrespondences> pairs, double focal)
    {
        double cost = 0;
        foreach (var pair in pairs)
        {
            var residuals = new double[pair.Count];
            RotationFit.Run(pair, focal, residuals);
            foreach (var r in residuals)
            {
                var t = r / RotationFit.ScalePixels;
                cost += t * t / (1 + (t * t));
            }
        }

        return cost;
    }

    /// <summary>Golden section search on the logarithm.</summary>
    private static double Refine(IReadOnlyList<FlowCorrespondences> pairs, double a, double b)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        for (var k = 0; k < Refinements && b - a > 1e-3; k++)
        {
            double c = b - (ratio * (b - a)), d = a + (ratio * (b - a));
            if (Cost(pairs, Math.Exp(c)) < Cost(pairs, Math.Exp(d))) b = d;
            else a = c;
        }

        return (a + b) / 2;
    }
}
