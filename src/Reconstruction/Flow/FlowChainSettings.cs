namespace Depth3D.Reconstruction.Flow;

/// <summary>What a <see cref="FlowChain"/> makes.</summary>
/// <param name="Gaps">Frame gaps of the pairs wanted.</param>
/// <param name="TrainWidth">Width of the flows handed on, pixels.</param>
/// <param name="TrainHeight">Height of the flows handed on, pixels.</param>
/// <param name="ConsistencyPixels">Forward-backward threshold in pixels of that size.</param>
/// <param name="ConsistencyRelative">See <see cref="FlowConsistency.Valid"/>.</param>
public sealed record FlowChainSettings(
    IReadOnlyList<int> Gaps, int TrainWidth, int TrainHeight, double ConsistencyPixels = 1, double ConsistencyRelative = 0);
