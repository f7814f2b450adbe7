namespace Depth3D.Reconstruction.Loops.Single;

/// <summary>The best place to cut a loop out of a clip: frames <see cref="First"/> .. <see cref="First"/> + <see cref="Period"/> - 1.</summary>
/// <param name="First">s.</param>
/// <param name="Period">p, frames.</param>
/// <param name="SeamEnergy">E(s, p): mean squared difference across the seam, over five frames.</param>
/// <param name="StepEnergy">The same between ordinary neighbours of the clip, the middle one.</param>
/// <param name="Score">J: lower is better; about 1 where the seam differs no more than neighbours do.</param>
public sealed record LoopSegment(int First, int Period, double SeamEnergy, double StepEnergy, double Score)
{
    public LoopTime Time => new(First, Period);
}
