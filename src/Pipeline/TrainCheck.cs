namespace Depth3D.Pipeline;

/// <summary>How well depth agreed with pairs of frames that were never trained on, after one chunk.</summary>
/// <param name="Chunk">-1 for the prior, before any step.</param>
/// <param name="Step">Steps taken by then.</param>
/// <param name="Warmup">Depth was not trained yet.</param>
/// <param name="Loss">Of the last step; NaN for the prior.</param>
/// <param name="FlowPixels">Mean distance between predicted and measured flow of static pixels, training size.</param>
/// <param name="LogDepth">Mean |log z - log z'| of static pixels, their depth carried to the other frame against the depth there.</param>
/// <param name="Score">Mean of both over the prior's: below 1 is better than the prior. NaN where no pair is held out.</param>
/// <param name="BatchDivisor">A full batch was divided by this, because memory did not suffice.</param>
public sealed record TrainCheck(int Chunk, int Step, bool Warmup, double Loss, double FlowPixels, double LogDepth, double Score, int BatchDivisor);
