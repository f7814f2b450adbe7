using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Pipeline;

/// <summary>Consistency on pairs of frames that were never trained on, over pixels that stand still (spec 9.19).</summary>
/// <param name="Pairs">Pairs measured.</param>
/// <param name="FlowMeasuresDepth">False without parallax: then the flow error judges the cameras alone, and depth cannot change it.</param>
/// <param name="Prior">Of the depth before the optimisation, with the cameras as they were given; the others go with refined cameras where there are.</param>
/// <param name="Optimised">As the optimisation left it, at training size.</param>
/// <param name="Published">Of the depth that is published, after fusion over time, at training size.</param>
public sealed record HeldOutSummary(
    int Pairs, bool FlowMeasuresDepth, PairConsistency Prior, PairConsistency Optimised, PairConsistency Published);
