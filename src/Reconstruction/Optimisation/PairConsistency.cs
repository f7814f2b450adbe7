namespace Depth3D.Reconstruction.Optimisation;

/// <summary>How well depth and cameras explain measured flow and agree between frames, over the static pixels of some pairs.</summary>
/// <param name="FlowPixels">Mean distance between where a pixel is predicted in the other frame and where the flow saw it, training-size pixels.</param>
/// <param name="LogDepth">Mean of |ln z_pred - ln z_warp|: depth as the first frame predicts it for the second against the second's own.</param>
/// <param name="RelativeDisparity">Mean of |1 / z_pred - 1 / z_warp| over the mean of 1 / z_warp: the same with near pixels weighing more.</param>
/// <param name="Count">Pixels measured; every measure is 0 where there is none.</param>
public readonly record struct PairConsistency(double FlowPixels, double LogDepth, double RelativeDisparity, long Count);
