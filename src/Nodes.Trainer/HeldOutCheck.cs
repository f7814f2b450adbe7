using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>Measures depth on the pairs that were kept from training.</summary>
internal static class HeldOutCheck
{
    public static TrainCheck OfPrior(TrainingClip clip) => Measure(clip, null, new TrainCheck(-1, 0, false, double.NaN, 0, 0, double.NaN, 1), null);

    /// <param name="after">Everything but the measurements.</param>
    public static TrainCheck Measure(TrainingClip clip, IReadOnlyList<FrameCorrection>? correction, TrainCheck after, TrainCheck? prior)
    {
        if (clip.HeldOut.Length == 0) return after with { FlowPixels = double.NaN, LogDepth = double.NaN, Score = double.NaN };
        var consistency = HeldOutConsistency.Measure(clip, correction);
        var measured = after with { FlowPixels = consistency.FlowPixels, LogDepth = consistency.LogDepth };
        return measured with { Score = Score(measured, prior ?? measured, HeldOutConsistency.FlowMeasuresDepth(clip)) };
    }

    /// <summary>Where depth has no influence on predicted flow, flow would only water the score down.</summary>
    private static double Score(TrainCheck now, TrainCheck prior, bool flowMeasuresDepth)
    {
        var depth = now.LogDepth / prior.LogDepth;
        return flowMeasuresDepth ? 0.5 * (depth + (now.FlowPixels / prior.FlowPixels)) : depth;
    }
}
