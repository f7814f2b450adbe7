namespace Depth3D.Reconstruction.Optimisation;

/// <summary>How many units of the prior one unit of the cameras is.</summary>
/// <param name="Factor">Multiply camera translations by this.</param>
/// <param name="Spread">Median absolute deviation of the frames' own factors, over the factor; above 0.3 prior or cameras are doubtful.</param>
/// <param name="Frames">Frames that had enough measurements to vote.</param>
public sealed record SceneScale(double Factor, double Spread, int Frames);
