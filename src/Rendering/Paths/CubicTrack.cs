namespace Depth3D.Rendering.Paths;

/// <summary>
/// Values over time through given ones: cubic Hermite pieces whose slopes are those of the neighbours' chord (Catmull-Rom for uneven times), so the
/// motion has no corners; before the first and after the last time the value stays.
/// </summary>
/// <param name="times">Ascending.</param>
/// <param name="values">One row per time.</param>
internal sealed class CubicTrack(double[] times, double[][] values)
{
    public double[] At(double time)
    {
        if (time <= times[0]) return values[0];
        if (time >= times[^1]) return values[^1];
        var i = Array.BinarySearch(times, time);
        i = i >= 0 ? Math.Min(i, times.Length - 2) : ~i - 1;
        double span = times[i + 1] - times[i], t = (time - times[i]) / span, u = 1 - t;
        double h0 = (1 + (2 * t)) * u * u, h1 = t * u * u * span, h2 = t * t * (3 - (2 * t)), h3 = -t * t * u * span;
        var mixed = new double[values[i].Length];
        for (var c = 0; c < mixed.Length; c++)
            mixed[c] = (h0 * values[i][c]) + (h1 * Slope(i, c)) + (h2 * values[i + 1][c]) + (h3 * Slope(i + 1, c));
        return mixed;
    }

    private double Slope(int i, int c)
    {
        int before = Math.Max(i - 1, 0), after = Math.Min(i + 1, times.Length - 1);
        return (values[after][c] - values[before][c]) / (times[after] - times[before]);
    }
}
