namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// How a surface is shared between the two planes beside it (spec 9.4): hat functions in disparity, which add up to 1, and the alphas whose composite has
/// them as weights, <c>a_k = h_k / (1 - sum of h_j, j &lt; k)</c>.
/// </summary>
public sealed class PlaneWeights
{
    private readonly double[] _disparities;

    /// <param name="planeDepths">From near to far.</param>
    public PlaneWeights(IReadOnlyList<double> planeDepths)
    {
        ArgumentNullException.ThrowIfNull(planeDepths);
        _disparities = [.. planeDepths.Select(z => 1 / z)];
    }

    public int Planes => _disparities.Length;

    /// <summary>Between neighbouring planes; 0 for a single plane.</summary>
    public double Spacing => Planes < 2 ? 0 : (_disparities[0] - _disparities[^1]) / (Planes - 1);

    /// <summary>The nearer plane of the two and its weight; the rest, 1 - weight, is the next plane's. Disparities outside go to the first or last plane.</summary>
    public (int Plane, double Weight) At(double disparity)
    {
        if (Planes == 1 || disparity >= _disparities[0]) return (0, 1);
        if (disparity <= _disparities[^1]) return (Planes - 1, 1);
        var k = 0;
        while (_disparities[k + 1] > disparity) k++;
        var weight = (disparity - _disparities[k + 1]) / (_disparities[k] - _disparities[k + 1]);
        return (k, Math.Clamp(weight, 0, 1));
    }

    /// <summary>Alpha of plane k of a surface at this disparity: its weight on the nearer plane, 1 on the farther one, 0 elsewhere.</summary>
    public float Alpha(int plane, double disparity)
    {
        var (first, weight) = At(disparity);
        if (plane == first) return (float)weight;
        return plane == first + 1 && weight < 1 ? 1 : 0;
    }

    /// <summary>Alphas from weights along a ray, near to far: 0 where a weight is 0.</summary>
    public static double[] Alphas(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var alphas = new double[weights.Count];
        double before = 0;
        for (var k = 0; k < alphas.Length; k++)
        {
            alphas[k] = weights[k] == 0 ? 0 : Math.Min(1, weights[k] / (1 - before));
            before += weights[k];
        }

        return alphas;
    }
}
