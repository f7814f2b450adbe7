namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>
/// Finds where a clip can be cut into a loop (spec 9.5, step 3): the start s and period p with the least
/// <c>J = E(s, p) / scale + 0.3 (1 - M(s, p) / M_max) + 0.05 |p - p0| / p0</c>, where E is the difference across the seam, M the motion in the segment (so
/// that a frozen stretch does not win) and p0 the shortest period at which the clip repeats well. The spec's scale is twice the noise's variance. Real water and cloth
/// never come back to within the noise, and a difference that neighbouring frames have too is no seam: the scale is what neighbours differ by, or the noise
/// where that is more, or what nobody sees. On a clip that does repeat all score alike. J decides what passes; of what passes, that is taken first whose
/// seam will show least.
/// </summary>
public static class SegmentSearch
{
    private const int SeamReach = 2;
    private const double MotionWeight = 0.3, PeriodWeight = 0.05;

    /// <summary>Mean squares below three steps of 255 are not seen.</summary>
    private const double UnseenEnergy = 9.0 / (255 * 255);

    /// <summary>How much worse than the best period a shorter one may repeat to be taken for the fundamental.</summary>
    private const double SamePeriod = 1.15;

    /// <summary>E(s, p): the mean of G[s + d, s + p + d] for d = -2 .. 2.</summary>
    public static double SeamEnergy(FrameDistances distances, int first, int period)
    {
        double sum = 0;
        for (var d = -SeamReach; d <= SeamReach; d++) sum += distances[first + d, first + period + d];
        return sum / ((2 * SeamReach) + 1);
    }

    /// <summary>The segments from best to worst, those that pass first, no two closer than two frames in both start and period.</summary>
    /// <param name="distances">G on the pixels that change.</param>
    /// <param name="noiseVariance">Variance of one frame's noise, per channel.</param>
    /// <returns>Empty where the clip is too short for any.</returns>
    public static IReadOnlyList<LoopSegment> Find(FrameDistances distances, double noiseVariance, SegmentSettings settings, int count = 5)
    {
        var candidates = Candidates(distances, settings);
        if (candidates.Count == 0) return [];
        var step = StepEnergy(distances, settings);
        var scale = Math.Max(Math.Max(2 * noiseVariance, step), UnseenEnergy);
        var hint = settings.Period ?? FundamentalPeriod(distances, settings);
        var motion = MotionSums(distances);
        var largest = Math.Max(candidates.Max(c => Motion(motion, c)), 1e-12);
        var segments = candidates.Select(c =>
        {
            var seam = SeamEnergy(distances, c.First, c.Period);
            var score = (seam / scale) + (MotionWeight * (1 - (Motion(motion, c) / largest))) + (PeriodWeight * Math.Abs(c.Period - hint) / hint);
            return new LoopSegment(c.First, c.Period, seam, step, score);
        });
        return Apart([.. segments.OrderBy(s => s.Score > settings.LargestScore).ThenBy(s => s.Score > settings.LargestScore ? s.Score : s.Score + CutCost(distances, s, scale))], count);
    }

    /// <summary>The shortest period at which the whole clip repeats about as well as at any.</summary>
    public static int FundamentalPeriod(FrameDistances distances, SegmentSettings settings)
    {
        var (first, end) = RangeOf(distances, settings);
        var (shortest, longest) = Periods(end - first, settings);
        var means = Enumerable.Range(shortest, longest - shortest + 1)
            .Select(p => (Period: p, Mean: Enumerable.Range(first, end - first - p).Average(a => distances[a, a + p]))).ToArray();
        var best = means.Min(m => m.Mean);
        var near = means.Where(m => m.Mean <= (SamePeriod * best) + 1e-12).ToArray();
        // The first dip below the limit, at its lowest.
        return near.TakeWhile((m, i) => i == 0 || m.Period == near[i - 1].Period + 1).MinBy(m => m.Mean).Period;
    }

    /// <summary>
    /// What the cut adds to J: frames that are faded into each other should be alike, not only the five at the seam; and the seam shows the clip's step to the
    /// segment's first frame, which should be no larger than the others.
    /// </summary>
    private static double CutCost(FrameDistances distances, LoopSegment segment, double scale)
    {
        var faded = Enumerable.Range(1, CrossFade.Of(segment).Length).Select(k => distances[segment.First - k, segment.First + segment.Period - k])
            .DefaultIfEmpty(segment.SeamEnergy).Average();
        var steps = Enumerable.Range(segment.First, segment.Period).Average(a => distances[a, a + 1]);
        var step = steps > 0 ? Math.Sqrt(distances[segment.First - 1, segment.First] / steps) : 1;
        return double.IsFinite(segment.Score) ? ((faded - segment.SeamEnergy) / (2 * scale)) + step - 1 : 0;
    }

    private static (int First, int End) RangeOf(FrameDistances distances, SegmentSettings settings) => settings.Range ?? (0, distances.Frames);

    private static (int Shortest, int Longest) Periods(int frames, SegmentSettings settings) => settings.Period is { } period
        ? (period, Math.Min(period, frames - 6))
        : (settings.ShortestPeriod, Math.Min(settings.LongestPeriod, Math.Min(frames / 2, frames - 6)));

    private static List<(int First, int Period)> Candidates(FrameDistances distances, SegmentSettings settings)
    {
        var (first, end) = RangeOf(distances, settings);
        var (shortest, longest) = Periods(end - first, settings);
        var result = new List<(int, int)>();
        for (var period = shortest; period <= longest; period++)
            for (var s = first + SeamReach; s <= end - period - SeamReach - 1; s++)
                result.Add((s, period));
        return result;
    }

    private static double StepEnergy(FrameDistances distances, SegmentSettings settings)
    {
        var (first, end) = RangeOf(distances, settings);
        return OrderStatistics.UpperMedian(Enumerable.Range(first, end - first - 1).Select(a => distances[a, a + 1]));
    }

    /// <summary>Entry n: the sum of G[a, a + 1] over a &lt; n.</summary>
    private static double[] MotionSums(FrameDistances distances)
    {
        var sums = new double[distances.Frames];
        for (var a = 0; a + 1 < distances.Frames; a++) sums[a + 1] = sums[a] + distances[a, a + 1];
        return sums;
    }

    private static double Motion(double[] sums, (int First, int Period) segment) =>
        (sums[segment.First + segment.Period] - sums[segment.First]) / segment.Period;

    private static List<LoopSegment> Apart(IReadOnlyList<LoopSegment> sorted, int count)
    {
        var kept = new List<LoopSegment>();
        foreach (var segment in sorted)
        {
            if (kept.Count == count) break;
            if (!kept.Any(other => Math.Abs(other.First - segment.First) <= 2 && Math.Abs(other.Period - segment.Period) <= 2)) kept.Add(segment);
        }

        return kept;
    }
}
