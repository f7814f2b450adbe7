namespace Depth3D.Bench.Quality;

/// <summary>What the product promises by prior, over all scenes and lengths together: shares of the prior's error, and absolute bounds.</summary>
internal static class Targets
{
    private sealed record Bounds(double StaticShare, double StaticMost, double MovingShare, double FlickerShare, double MovingFlickerShare);

    private static readonly Dictionary<string, Bounds> ByPrior = new()
    {
        ["noisy"] = new Bounds(0.15, 0.02, 0.35, 0.08, 1),
        ["mono"] = new Bounds(0.30, double.PositiveInfinity, 1, 0.40, 1),
        ["geometric"] = new Bounds(1.15, 0.025, 1, 0.5, 0.2),
    };

    /// <summary>One line per promise: met or not, promised and measured.</summary>
    public static IEnumerable<string> Verdicts(string prior, IReadOnlyCollection<QualityResult> results)
    {
        if (!ByPrior.TryGetValue(prior, out var bounds)) yield break;
        var moving = results.Where(r => double.IsFinite(r.Row(QualityResult.Before, "moving").AbsRel)).ToArray();
        double Mean(IEnumerable<QualityResult> of, string what, string region, bool flicker) =>
            of.Average(r => flicker ? r.Row(what, region).Flicker : r.Row(what, region).AbsRel);
        double Share(IReadOnlyCollection<QualityResult> of, string region, bool flicker) =>
            Mean(of, QualityResult.After, region, flicker) / Mean(of, QualityResult.Before, region, flicker);
        yield return Line(prior, "static AbsRel, share of the prior's", Share(results, "static", false), bounds.StaticShare);
        if (double.IsFinite(bounds.StaticMost)) yield return Line(prior, "static AbsRel", Mean(results, QualityResult.After, "static", false), bounds.StaticMost);
        yield return Line(prior, "flicker, share", Share(results, "all", true), bounds.FlickerShare);
        if (moving.Length == 0) yield break;
        yield return Line(prior, "moving AbsRel, share", Share(moving, "moving", false), bounds.MovingShare);
        if (bounds.MovingFlickerShare < 1) yield return Line(prior, "moving flicker, share", Share(moving, "moving", true), bounds.MovingFlickerShare);
    }

    private static string Line(string prior, string what, double measured, double promised) =>
        FormattableString.Invariant($"{(measured <= promised ? "met   " : "MISSED")} {prior,-10} {what}: {measured:0.0000}, promised at most {promised:0.###}");
}
