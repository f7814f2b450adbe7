namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>Losses of one iteration, before its update.</summary>
public sealed record LoopLoss(int Iteration, int Level, int View, double Looping, double Variation, double Exposure)
{
    public double Total => Looping + Variation;
}
