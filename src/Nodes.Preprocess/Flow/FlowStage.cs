using Depth3D.Imaging;
using Depth3D.Inference.Registry;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Flow;
using Depth3D.Reconstruction.Models;

namespace Depth3D.Nodes.Preprocess.Flow;

/// <summary>
/// Stage <c>flow</c>: optical flow of every pair whose first frame lies in the task's chunk, both ways, with validity. A chunk reads the frames
/// after its end that its pairs reach and recomputes the short flows there, so chunks need nothing of each other.
/// </summary>
internal sealed class FlowStage : IStage
{
    public StageName Name => Stages.Flow;

    public WorkerPool Pool => WorkerPool.PreprocessGpu;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        RequireKnown(context.Options.Flow);
        var count = ClipInputs.Frames(context.Inputs).Count;
        return [.. FrameRange.Chunks(count - 1, context.Options.Frames.ChunkFrames)
            .Select(range => new PlannedTask($"pairs from frames {range.First}-{range.End - 1}", range))];
    }

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() => Execute(context, cancellation), cancellation);

    private static void Execute(StageContext context, CancellationToken cancellation)
    {
        var options = context.Options.Flow;
        RequireKnown(options);
        var frames = ClipInputs.Frames(context.Inputs);
        var range = context.Task.Frames ?? new FrameRange(0, frames.Count - 1);
        var settings = new FlowChainSettings(options.Gaps, frames.TrainWidth, frames.TrainHeight, options.ConsistencyPixels);
        using var flows = new ThreadLocal<DisFlow>(() => new DisFlow(DisPreset.Medium), trackAllValues: true);
        using var model = ModelReference.IsModel(options.Method)
            ? FlowEstimator.Open(options.Method, InferenceRung.Of(context))
            : null;
        var chain = model is null
            ? new FlowChain(settings, (a, b, start) => flows.Value!.Compute(a, b, start))
            : new FlowChain(settings, (a, b, _) => model.Compute(a, b, cancellation));
        var total = options.Gaps.Sum(gap => Math.Max(0, Math.Min(range.Count, frames.Count - gap - range.First)));
        var done = 0;
        try
        {
            chain.Run(range.First, range.Count, frames.Count, Picture, pair =>
            {
                FlowFile.Write(context.Output(Artifacts.Flow(pair.Frame1, pair.Frame2)), pair);
                done++;
                context.Progress.Report(new StageProgress((double)done / total, $"gap {pair.Gap}"));
            }, cancellation);
        }
        finally
        {
            foreach (var flow in flows.Values) flow.Dispose();
        }

        // DIS works on grey pictures, models on colour.
        Raster<byte> Picture(int frame)
        {
            var rgb = ImageFile.ReadRgb(context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(frame)));
            return model is null ? Colour.ToGray(rgb) : rgb;
        }
    }

    private static void RequireKnown(FlowOptions options)
    {
        if (options.Method != "dis" && !ModelReference.IsModel(options.Method))
        {
            throw new Depth3DException($"unknown flow method '{options.Method}'; expected dis or onnx:NAME",
                remedy: "leave --flow out to use dis", kind: FailureKind.Usage);
        }

        if (options.Gaps.Count == 0 || options.Gaps.Any(gap => gap is < 1 or > 64))
        {
            throw new Depth3DException($"flow gaps {string.Join(",", options.Gaps)}; expected numbers from 1 to 64",
                remedy: "leave the gaps out to use 1,2,4,6,8", kind: FailureKind.Usage);
        }
    }
}
