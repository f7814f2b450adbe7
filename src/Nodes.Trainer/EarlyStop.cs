using Depth3D.Pipeline;

namespace Depth3D.Nodes.Trainer;

/// <summary>
/// Which checkpoint is best, and whether training should end, judged by pairs of frames that were never trained on (spec 9.19); never by
/// closeness to the prior. Pure functions of the checks.
/// </summary>
internal static class EarlyStop
{
    /// <summary>Differences of score below this share are noise: the later checkpoint, trained longer, is preferred.</summary>
    public const double Margin = 0.01;

    /// <summary>The latest chunk whose score is within <see cref="Margin"/> of the lowest; the latest of all where there are no scores.</summary>
    /// <returns>-1 while depth was not trained.</returns>
    public static int Best(IEnumerable<TrainCheck> checks)
    {
        var trained = Trained(checks);
        if (trained.Count == 0) return -1;
        var lowest = trained.Min(c => double.IsNaN(c.Score) ? double.PositiveInfinity : c.Score);
        return trained.Last(c => double.IsPositiveInfinity(lowest) || c.Score <= lowest * (1 + Margin)).Chunk;
    }

    /// <param name="patience">Chunks that may pass without an improvement by <see cref="Margin"/>; 0 never stops.</param>
    public static bool IsDue(IEnumerable<TrainCheck> checks, int patience)
    {
        var scores = Trained(checks).Select(c => c.Score).ToList();
        if (patience == 0 || scores.Count <= patience || scores.Exists(double.IsNaN)) return false;
        var before = scores.Take(scores.Count - patience).Min();
        return scores.TakeLast(patience).Min() >= before * (1 - Margin);
    }

    private static List<TrainCheck> Trained(IEnumerable<TrainCheck> checks) => [.. checks.Where(c => c.Chunk >= 0 && !c.Warmup)];
}
