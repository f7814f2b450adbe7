using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Evaluation;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>What the last chunk leaves: optimised depth of every frame at working size, and how the optimisation ended.</summary>
internal static class TrainResult
{
    private const double NearShare = 0.02;
    private const double FarShare = 0.98;

    /// <summary>The clip-wide range reaches this much beyond the percentiles.</summary>
    private const double Widening = 1.5;

    private const int SampleStride = 7;

    public static void Write(StageContext context, TrainClip clip, IReadOnlyList<FrameCorrection> corrections, TrainProgress progress, CancellationToken cancellation)
    {
        var sample = new List<float>();
        new FusedDepth(context, clip, corrections).Write(refined =>
        {
            for (var i = 0; i < refined.Samples.Length; i += SampleStride) sample.Add(refined.Samples[i]);
        }, cancellation);
        sample.Sort();
        var last = progress.Checks[^1];
        var best = progress.Checks.FirstOrDefault(c => c.Chunk == progress.BestChunk) ?? last;
        StageJson.Write(context.Output(Artifacts.TrainIndex), new TrainInfo(
            clip.Method.Name, clip.Method.TotalSteps, last.Loss,
            HeldOut(clip, corrections, Refined),
            At(sample, NearShare) / Widening, At(sample, FarShare) * Widening,
            ClipFlicker.Measure(clip, clip.Maps.Prior)[DepthRegion.All],
            ClipFlicker.Measure(clip, Refined)[DepthRegion.All],
            last.Step, best.Step, [.. clip.Warnings, .. Warnings(progress, best)]));

        Raster<float> Refined(int frame) => Npy.Read(context.Output(Artifacts.Refined(frame))).ToRaster<float>();
    }

    private static IEnumerable<string> Warnings(TrainProgress progress, TrainCheck best)
    {
        if (progress.BatchDivisor > 1)
            yield return $"Memory did not suffice for a full batch; steps were taken with 1/{progress.BatchDivisor} of it. A lower --train-size or more memory avoids this.";
        if (best.Score > 1)
            yield return "On pairs of frames that were never trained on, optimised depth agrees no better than the prior: look at cameras and flow.";
    }

    private static HeldOutSummary HeldOut(TrainClip clip, IReadOnlyList<FrameCorrection> corrections, Func<int, Raster<float>> published) => new(
        HeldOutConsistency.Pairs(clip.Clip), HeldOutConsistency.FlowMeasuresDepth(clip.Clip), HeldOutConsistency.Measure(clip.Given, corrections: null),
        HeldOutConsistency.Measure(clip.Clip, corrections), HeldOutConsistency.Measure(clip.Clip, published));

    private static double At(List<float> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];
}
