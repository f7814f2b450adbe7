using Depth3D.Imaging;
using Depth3D.Inference.Registry;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Masks;
using Depth3D.Reconstruction.Models;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary>
/// <c>onnx:NAME</c>: objects of chosen classes by semantic segmentation or detection, followed over time by flow, then chosen by the rule in the
/// options. A chain of frame chunks: each looks beyond its ends as far as flow reaches, so where it is cut does not show.
/// </summary>
internal sealed class OnnxMasks(string method) : IMaskMethod
{
    /// <summary>Chunks look up to the longest flow gap beyond both ends; shorter ones would mostly look.</summary>
    private const int MinChunkFrames = 64;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames) =>
        [.. FrameRange.Chunks(frames.Count, Math.Max(MinChunkFrames, context.Options.Frames.ChunkFrames))
            .Select(range => new PlannedTask($"frames {range.First}-{range.End - 1}", range, AfterPrevious: true))];

    public Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation) =>
        Task.Run(() => Execute(context, frames, cancellation), cancellation);

    private void Execute(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        var options = context.Options.Masks;
        var selector = new RegionSelector { MinAreaShare = options.MinAreaShare, Region = options.Region, LargestOnly = options.LargestOnly };
        selector.Check();
        using var finder = ObjectFinder.Open(method, InferenceRung.Of(context));
        var classes = ClassNames.Select(finder.Card.Output, options.Classes, finder.Card.Name);
        var range = context.Task.Frames ?? new FrameRange(0, frames.Count);
        var progress = new MonotonicProgress(context.Progress, "masks");
        var flow = new ClipFlow(context.Inputs, frames.Count, context.Options.Flow.Gaps);
        var window = new FrameWindow<Raster<float>>(context.Options.Flow.Gaps.Max(), frame =>
        {
            cancellation.ThrowIfCancellationRequested();
            return finder.Probability(ImageFile.ReadRgb(context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(frame))), classes, cancellation);
        });
        var shares = new double[range.Count];
        foreach (var frame in range.Indices)
        {
            var probability = window[frame];
            if (options.Follow) probability = ProbabilityFollower.Fuse(probability, flow.Views(frame), gap => window[frame + gap]);
            var mask = selector.Select(probability);
            shares[frame - range.First] = MaskRegions.Share(mask);
            ImageFile.WritePng(context.Output(Artifacts.Mask(frame)), mask);
            window.Forget(frame);
            progress.Report((frame + 1 - range.First) / (double)range.Count);
        }

        if (range.End == frames.Count) WriteIndex(context, range, shares, finder, classes, selector);
    }

    private void WriteIndex(StageContext context, FrameRange last, double[] lastShares, IObjectFinder finder, IReadOnlyList<int> classes,
        RegionSelector selector)
    {
        var earlier = Enumerable.Range(0, last.First)
            .Select(frame => MaskRegions.Share(ImageFile.ReadGray(context.Inputs.PathOf(Stages.Masks, Artifacts.Mask(frame)))));
        double[] shares = [.. earlier, .. lastShares];
        var names = ClassNames.Of(finder.Card.Output, finder.Card.Name);
        var rule = $"classes {string.Join(", ", classes.Select(id => names[id]))} of model {finder.Card.Name} ({ModelNotes.Describe(finder.Card)})"
            + (context.Options.Masks.Follow ? ", averaged over time along the flow" : "")
            + (selector.Region is null ? "" : ", touching the given region") + (selector.LargestOnly ? ", largest only" : "");
        StageJson.Write(context.Output(Artifacts.MasksIndex), new MasksInfo(method, rule, new Dictionary<string, double>
        {
            ["probability"] = selector.Threshold,
            ["minAreaShare"] = selector.MinAreaShare,
            ["ownWeight"] = ProbabilityFollower.OwnWeight,
        }, shares, [.. MaskWarnings.For(shares), .. finder.Warnings, .. ModelNotes.Warnings(finder.Card)]));
    }
}
