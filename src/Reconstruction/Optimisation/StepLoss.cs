namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Losses of one step, unweighted: flow in pixels (squared during warm-up), disparity as |log z - log z'|, acceleration in median depths.</summary>
/// <param name="Warmup">The depth of moving pixels was not trained yet.</param>
public readonly record struct StepLoss(int Step, bool Warmup, double Total, double Flow, double Disparity, double Acceleration);
