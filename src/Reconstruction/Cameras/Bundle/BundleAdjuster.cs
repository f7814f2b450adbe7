namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>
/// Bundle adjustment of cameras, one focal length and the inverse depths of points that belong to a frame each: Levenberg-Marquardt on
/// reweighted residuals (Geman and McClure), depths eliminated first (Triggs et al. 2000). The first camera stays. The same input gives the
/// same numbers however many cores there are.
/// </summary>
internal sealed class BundleAdjuster(IReadOnlyList<FlowPoint> points, int frames)
{
    private const int Parts = 8;
    private const double FirstDamping = 1e-3, LeastDamping = 1e-9, MostDamping = 1e6;

    /// <summary>An iteration that lowers the cost by less than this share ends the adjustment.</summary>
    private const double EnoughGain = 1e-5;

    private readonly int[] _first = FirstColumns(points, frames);

    /// <param name="scalePixels">Residuals well above it hardly count.</param>
    /// <param name="freeFocal">The focal length is adjusted too.</param>
    /// <returns>Adjusted state and its robust cost per sighting, in square pixels.</returns>
    public (BundleState State, double Cost) Run(BundleState start, double scalePixels, bool freeFocal, int iterations, CancellationToken cancellation)
    {
        var (state, damping) = (start, FirstDamping);
        var cost = Cost(state, scalePixels);
        for (var k = 0; k < iterations; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var system = Assemble(state, scalePixels, freeFocal);
            var before = cost;
            while (damping < MostDamping)
            {
                if (system.Step(state, damping) is { } next && Cost(next, scalePixels) is var reached && reached < cost)
                {
                    (state, cost, damping) = (next, reached, Math.Max(LeastDamping, damping / 5));
                    break;
                }

                damping *= 8;
            }

            if (cost > before * (1 - EnoughGain)) break;
        }

        return (state, cost);
    }

    /// <summary>Distance in pixels of every sighting from where the state puts it; infinite behind a camera.</summary>
    public double[][] Residuals(BundleState state)
    {
        var residuals = new double[points.Count][];
        Parallel.For(0, points.Count, n => residuals[n] = [.. points[n].Sightings.Select(s =>
            SightingTerm.TryMake(state, points[n], state.InverseDepth[n], s, out var term) ? Math.Sqrt(term.Square) : double.PositiveInfinity)]);
        return residuals;
    }

    private double Cost(BundleState state, double scale)
    {
        var sums = new double[Parts];
        long count = 0;
        Parallel.For(0, Parts, part =>
        {
            for (var n = part; n < points.Count; n += Parts)
            {
                foreach (var sighting in points[n].Sightings)
                {
                    // A point behind the camera costs as much as a wild one.
                    sums[part] += SightingTerm.TryMake(state, points[n], state.InverseDepth[n], sighting, out var term)
                        ? term.Square / (1 + (term.Square / (scale * scale)))
                        : scale * scale;
                }
            }
        });
        foreach (var point in points) count += point.Sightings.Length;
        return sums.Sum() / Math.Max(1, count);
    }

    private BundleSystem Assemble(BundleState state, double scale, bool freeFocal)
    {
        var parts = new BundleSystem[Parts];
        Parallel.For(0, Parts, part =>
        {
            parts[part] = new BundleSystem(points, _first, freeFocal);
            for (var n = part; n < points.Count; n += Parts) parts[part].Add(state, n, scale);
        });
        foreach (var part in parts.Skip(1)) parts[0].Add(part);
        return parts[0];
    }

    /// <summary>Every pair of frames that one point is seen in shares an entry; the focal length, last, shares one with all.</summary>
    private static int[] FirstColumns(IReadOnlyList<FlowPoint> points, int frames)
    {
        var lowest = Enumerable.Range(0, frames).ToArray();
        foreach (var point in points)
        {
            var least = point.Sightings.Aggregate(point.Frame, (l, s) => Math.Min(l, s.Frame));
            lowest[point.Frame] = Math.Min(lowest[point.Frame], least);
            foreach (var sighting in point.Sightings) lowest[sighting.Frame] = Math.Min(lowest[sighting.Frame], least);
        }

        return [.. Enumerable.Range(0, 6 * (frames - 1)).Select(i => 6 * Math.Max(0, lowest[1 + (i / 6)] - 1)), 0];
    }
}
