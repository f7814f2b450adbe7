using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Models;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary>
/// <c>onnx:NAME</c>, <c>torchscript:NAME</c>: monocular depth by a model. Frame chunks are independent tasks: each finds the clip's one conversion to depth from the same few
/// frames spread over the clip, which costs little and needs no task to wait for another.
/// </summary>
internal sealed class ModelPrior(string method) : IPriorMethod
{
    /// <summary>The frames that decide the conversion are run in every task; larger chunks make that a small part.</summary>
    private const int MinChunkFrames = 48;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames) =>
        [.. FrameRange.Chunks(frames.Count, Math.Max(MinChunkFrames, context.Options.Frames.ChunkFrames))
            .Select(range => new PlannedTask($"frames {range.First}-{range.End - 1}", range))];

    public Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation) =>
        Task.Run(() => Execute(context, frames, cancellation), cancellation);

    private void Execute(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        using var estimator = DepthEstimator.Open(method, InferenceRung.Of(context));
        var range = context.Task.Frames ?? new FrameRange(0, frames.Count);
        var evidence = new PriorEvidence(context.Inputs, frames, context.Options.Flow.Gaps);
        var progress = new MonotonicProgress(context.Progress, "prior depth");
        var steps = (double)(evidence.SampleFrames.Count + range.Count);
        var samples = new Dictionary<int, Raster<float>>();
        Raster<float> Estimate(int frame)
        {
            cancellation.ThrowIfCancellationRequested();
            return estimator.Estimate(ImageFile.ReadRgb(context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(frame))), cancellation);
        }

        foreach (var frame in evidence.SampleFrames)
        {
            samples[frame] = Estimate(frame);
            progress.Report(samples.Count / steps);
        }

        var conversion = evidence.Find(estimator.Kind, samples);
        foreach (var frame in range.Indices)
        {
            var depth = conversion.Apply(samples.TryGetValue(frame, out var known) ? known : Estimate(frame));
            Npy.Write(context.Output(Artifacts.Prior(frame)), depth.Samples, depth.Height, depth.Width);
            progress.Report((samples.Count + frame + 1 - range.First) / steps);
        }

        if (range.End != frames.Count) return;
        StageJson.Write(context.Output(Artifacts.PriorIndex), new PriorInfo(method,
            $"model {estimator.Card.Name} ({ModelNotes.Describe(estimator.Card)}); {conversion.Reason}",
            [.. conversion.Warnings, .. estimator.Warnings, .. ModelNotes.Warnings(estimator.Card)]));
    }
}
