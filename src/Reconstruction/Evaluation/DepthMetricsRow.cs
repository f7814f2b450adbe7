namespace Depth3D.Reconstruction.Evaluation;

/// <summary>The measures of one prediction over one region under one protocol (spec 8.1). NaN where the region is empty.</summary>
/// <param name="What">What was measured: <c>prior</c>, <c>optimised</c>, ...</param>
/// <param name="Region"><c>all</c>, <c>static</c> or <c>moving</c>.</param>
/// <param name="Protocol"><c>scale</c>, <c>scale-shift</c> or <c>per-frame</c>.</param>
/// <param name="Pixels">Pixels measured.</param>
/// <param name="AbsRel">Mean of |d - g| / g.</param>
/// <param name="RmseLog">Root of the mean of (ln d - ln g)².</param>
/// <param name="Delta1">Share with max(d/g, g/d) &lt; 1.25.</param>
/// <param name="Flicker">Mean of |ln D(i+1) at the truly moved pixel - ln D(i) - true ln ratio|; NaN without true motion.</param>
public sealed record DepthMetricsRow(
    string What, string Region, string Protocol, long Pixels, double AbsRel, double RmseLog, double Delta1, double Flicker);
