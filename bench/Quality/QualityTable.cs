using System.Globalization;

namespace Depth3D.Bench.Quality;

/// <summary>Rows of results as people read them: before, after, and the share that is left.</summary>
internal static class QualityTable
{
    public const string Header =
        "scene          frames prior      seeds | static AbsRel         | moving AbsRel         | flicker               | moving flicker        | seconds";

    public static string Row(string scene, string frames, string prior, IReadOnlyCollection<QualityResult> results)
    {
        string Cell(string region, Func<Reconstruction.Evaluation.DepthMetricsRow, double> of)
        {
            var known = results.Where(r => double.IsFinite(of(r.Row(QualityResult.Before, region)))).ToArray();
            double Mean(string what) => known.Average(r => of(r.Row(what, region)));
            var (before, after) = known.Length == 0 ? (0, 0) : (Mean(QualityResult.Before), Mean(QualityResult.After));
            return known.Length == 0
                ? "          -          "
                : string.Create(CultureInfo.InvariantCulture, $"{before:0.0000}->{after:0.0000} x{after / before:0.000}");
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"{scene,-14} {frames,6} {prior,-10} {results.Count,5} | {Cell("static", r => r.AbsRel)} | {Cell("moving", r => r.AbsRel)} | {Cell("all", r => r.Flicker)} | {Cell("moving", r => r.Flicker)} | {results.Average(r => r.Seconds),5:0.0}");
    }
}
