namespace Depth3D.Reconstruction.Loops.Training;

/// <summary>What a step found before its update.</summary>
/// <param name="Looping">Mean penalty over the pixels, frames and channels compared.</param>
/// <param name="Variation">Weighted total variation per number compared.</param>
public readonly record struct StepSums(double Looping, double Variation)
{
    public double Total => Looping + Variation;
}
