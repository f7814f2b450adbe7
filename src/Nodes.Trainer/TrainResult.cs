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

    public static void Write(StageContext context, TrainClip clip, IReadOnlyList<FrameCorrection> corrections, double finalLoss, CancellationToken cancellation)
    {
        var sample = new List<float>();
        new FusedDepth(context, clip, corrections).Write(refined =>
        {
            for (var i = 0; i < refined.Samples.Length; i += SampleStride) sample.Add(refined.Samples[i]);
        }, cancellation);
        sample.Sort();
        StageJson.Write(context.Output(Artifacts.TrainIndex), new TrainInfo(
            clip.Method.Name, clip.Method.TotalSteps, finalLoss,
            HeldOutFlow.MeanPixels(clip.Clip, null), HeldOutFlow.MeanPixels(clip.Clip, corrections),
            At(sample, NearShare) / Widening, At(sample, FarShare) * Widening,
            ClipFlicker.Measure(clip, clip.Maps.Prior)[DepthRegion.All],
            ClipFlicker.Measure(clip, f => Npy.Read(context.Output(Artifacts.Refined(f))).ToRaster<float>())[DepthRegion.All]));
    }

    private static double At(List<float> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];
}
