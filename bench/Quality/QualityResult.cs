using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Bench.Quality;

/// <summary>One optimisation, measured.</summary>
/// <param name="Rows">Every protocol and region, of the prior, then of the optimised depth.</param>
/// <param name="Seconds">Of the whole training stage: loading, warm-up, steps, fusion.</param>
internal sealed record QualityResult(QualityCase Case, double Seconds, IReadOnlyList<DepthMetricsRow> Rows)
{
    public const string Before = "prior";
    public const string After = "optimised";

    /// <summary>Under one scale per clip.</summary>
    public DepthMetricsRow Row(string what, string region) => Rows.First(r => r.What == what && r.Region == region && r.Protocol == "scale");
}
