using Depth3D.Reconstruction.Loops.Single;

namespace Depth3D.Reconstruction.Loops.Views;

/// <summary>The length of the loop that clips of several views show, each at another time: one period for all, because it is one scene.</summary>
/// <param name="Frames">T.</param>
/// <param name="Score">J of the best segment of this length (spec 9.5), the middle one of the views; lower is better.</param>
public sealed record ViewPeriod(int Frames, double Score)
{
    /// <summary>How much worse than the best period a shorter one may repeat to be taken for the fundamental.</summary>
    private const double SamePeriod = 1.15;

    /// <param name="distances">Of every view, on the pixels that can loop.</param>
    /// <param name="noiseVariances">Of every view, of one frame.</param>
    /// <param name="settings">With a period, only its score is measured.</param>
    /// <returns>Null where no clip is long enough to show the shortest period twice.</returns>
    public static ViewPeriod? Find(IReadOnlyList<FrameDistances> distances, IReadOnlyList<double> noiseVariances, SegmentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(settings);
        var longest = Math.Min(settings.LongestPeriod, distances.Min(d => Math.Min(d.Frames / 2, d.Frames - 6)));
        if (settings.Period is null && longest < settings.ShortestPeriod) return null;
        var period = settings.Period ?? Fundamental(distances, settings.ShortestPeriod, longest);
        var scores = distances.Zip(noiseVariances, (d, noise) => SegmentSearch.Find(d, noise, settings with { Period = period }, 1))
            .Where(found => found.Count > 0).Select(found => found[0].Score).ToArray();
        return scores.Length == 0 ? null : new ViewPeriod(period, OrderStatistics.UpperMedian(scores));
    }

    /// <summary>The first dip of the views' common curve that is about as low as any, at its lowest.</summary>
    private static int Fundamental(IReadOnlyList<FrameDistances> distances, int shortest, int longest)
    {
        var curve = Enumerable.Range(shortest, longest - shortest + 1).Select(p => (Period: p, Mean: distances.Average(d => Relative(d, p)))).ToArray();
        var limit = (SamePeriod * curve.Min(c => c.Mean)) + 1e-12;
        return curve.SkipWhile(c => c.Mean > limit).TakeWhile(c => c.Mean <= limit).MinBy(c => c.Mean).Period;
    }

    /// <summary>Difference of frames a period apart over that of neighbours.</summary>
    private static double Relative(FrameDistances distances, int lag) => At(distances, lag) / Math.Max(At(distances, 1), 1e-12);

    private static double At(FrameDistances distances, int lag) => Enumerable.Range(0, distances.Frames - lag).Average(a => distances[a, a + lag]);
}
