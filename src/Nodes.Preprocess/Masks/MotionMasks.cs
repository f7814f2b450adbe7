using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Masks;

namespace Depth3D.Nodes.Preprocess.Masks;

/// <summary><c>motion</c>: what moves against the camera's motion, from flow alone. One task per clip: the evidence is followed over time.</summary>
internal sealed class MotionMasks : IMaskMethod
{
    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames) => [new PlannedTask("motion masks")];

    public Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation) =>
        Task.Run(() => Execute(context, frames, cancellation), cancellation);

    private static void Execute(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        var options = context.Options.Masks;
        FrameRectangle? rectangle = options.Region is { } region ? FrameRectangle.Of(region) : null;
        var settings = new MotionMaskSettings { MinAreaShare = options.MinAreaShare, LargestOnly = options.LargestOnly && rectangle is null };
        var flow = new ClipFlow(context.Inputs, frames.Count, context.Options.Flow.Gaps);
        var builder = new MotionMaskBuilder(settings, new MotionMaskInputs(frames.Count, flow.Views,
            frame => ImageFile.ReadRgb(context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(frame)))));
        var shares = new double[frames.Count];
        var progress = new MonotonicProgress(context.Progress, "masks");
        var report = builder.Run((frame, mask) =>
        {
            if (rectangle is { } r) MaskRegions.Keep(mask, r.Touches, options.LargestOnly); // the largest of those that touch it, as with models
            shares[frame] = MaskRegions.Share(mask);
            ImageFile.WritePng(context.Output(Artifacts.Mask(frame)), mask);
        }, progress.Report, cancellation);
        var used = settings.For(report.Motion);
        StageJson.Write(context.Output(Artifacts.MasksIndex), new MasksInfo("motion", Rule(report.Motion), new Dictionary<string, double>
        {
            ["thresholdPixelsPerFrame"] = used.ThresholdPixels * frames.TrainWidth / 256,
            ["noiseFactor"] = used.NoiseFactor,
            ["minAreaShare"] = settings.MinAreaShare,
            ["homographyShare"] = report.HomographyShare,
        }, shares, MaskWarnings.For(shares)));
    }

    private static string Rule(CameraMotion motion) => motion switch
    {
        CameraMotion.Static => "the camera stands still: what leaves the background's homography moves, and whole objects of which a part does",
        CameraMotion.RotationOnly => "one homography per pair explains the background (the camera turns, or all is far): what leaves it moves, and whole objects of which a part does",
        _ => "the camera travels: what fits neither the epipolar lines nor one depth over all views moves (root of Sampson times multi-view residual), and whole objects of which a part does",
    };
}
