namespace Depth3D.Reconstruction.Flow;

/// <summary>How the flow of each gap starts from shorter ones: gap 8 from 4 and 4, 6 from 4 and 2.</summary>
/// <param name="Gaps">Every gap to be computed, ascending, starting with 1; includes the ones only needed as a start.</param>
internal sealed record GapPlan(IReadOnlyList<int> Gaps)
{
    /// <summary>Covers <paramref name="wanted"/>, adding 1 and the powers of two below the largest gap, so that every gap has a start.</summary>
    /// <exception cref="ArgumentException">No gap, or one below 1.</exception>
    public static GapPlan For(IReadOnlyList<int> wanted)
    {
        if (wanted.Count == 0 || wanted.Any(g => g < 1)) throw new ArgumentException("gaps must be at least 1", nameof(wanted));
        var all = new SortedSet<int>(wanted) { 1 };
        foreach (var gap in wanted.Distinct().Order()) AddStarts(all, gap);
        return new GapPlan([.. all]);
    }

    /// <summary>
    /// Two smaller gaps that add up to <paramref name="gap"/>, the longer first: the pair closest to halves, since the error of a start
    /// grows with its longest part. Null for gap 1.
    /// </summary>
    public (int First, int Second)? Parts(int gap)
    {
        for (var first = (gap + 1) / 2; first < gap; first++)
        {
            if (Gaps.Contains(first) && Gaps.Contains(gap - first)) return (first, gap - first);
        }

        return null;
    }

    private static void AddStarts(SortedSet<int> all, int gap)
    {
        if (gap == 1 || all.Any(first => first < gap && all.Contains(gap - first))) return;
        var power = 1;
        while (power * 2 < gap) power *= 2;
        all.Add(power);
        AddStarts(all, power);
        all.Add(gap - power);
        AddStarts(all, gap - power);
    }
}
