using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.Effects;

namespace Depth3D.Nodes.Render;

/// <summary>
/// Stage <c>depth</c>: depth files of every frame, with one range for the whole clip: NPZ, EXR, 16-bit PNG with a sidecar, and colour pictures of the
/// optimised depth and of the prior. Fans out by frames.
/// </summary>
internal sealed class DepthStage : IStage
{
    public StageName Name => Stages.Depth;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Prior, Stages.Sequence, Stages.Train, Stages.Merge];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => FramePlan.Make(context);

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() => Run(context, cancellation), cancellation);

    private static void Run(StageContext context, CancellationToken cancellation)
    {
        var frames = FramePlan.FramesOf(context);
        var colours = RenderOptions.ColourMap(context.Options.Output);
        var inputs = new RenderInputs(context.Inputs);
        var range = ClipDepthRange.Measure(inputs, cancellation);
        var code = InverseDepthCode.Of(inputs.Train, range);
        if (frames.First == 0) StageJson.Write(context.Output(Artifacts.DepthSidecar), Sidecar(inputs, colours, range, code));
        foreach (var frame in frames.Indices)
        {
            cancellation.ThrowIfCancellationRequested();
            Raster<float> refined = inputs.Refined(frame), prior = inputs.Prior(frame);
            DepthExports.Npz(context.Output(Artifacts.DepthNpz(frame)), inputs, frame, refined, prior);
            DepthExports.Exr(context.Output(Artifacts.DepthExr(frame)), inputs, frame, refined);
            ImageFile.WritePng16(context.Output(Artifacts.DepthPng16(frame)), code.Encode(refined));
            ImageFile.WritePng(context.Output(Artifacts.DepthColour(frame)), Colour(refined, colours, range));
            ImageFile.WritePng(context.Output(Artifacts.PriorColour(frame)), Colour(prior, colours, range));
            FramePlan.Report(context, frames, frame, "depth files");
        }
    }

    private static Raster<byte> Colour(Raster<float> depth, ColourMap colours, DepthRange range)
    {
        var disparity = new Raster<float>(depth.Width, depth.Height);
        for (var i = 0; i < disparity.Samples.Length; i++) disparity.Samples[i] = 1 / depth.Samples[i];
        return colours.Apply(disparity, range.ColourDisparity().Min, range.ColourDisparity().Max);
    }

    private static DepthSidecar Sidecar(RenderInputs inputs, ColourMap colours, DepthRange range, InverseDepthCode code) => new(
        inputs.Frames.Count, inputs.Frames.Width, inputs.Frames.Height, DepthConventions.Unit, DepthConventions.Axes,
        code.NearDepth, code.FarDepth, InverseDepthCode.Formula, colours.Name, range.ColourDisparity().Min, range.ColourDisparity().Max,
        DepthExports.NpzKeys);
}
