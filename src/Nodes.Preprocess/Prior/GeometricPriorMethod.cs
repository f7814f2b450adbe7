using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Priors;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary><c>geometric</c>: triangulated from flow and cameras. One task per clip: depth is steadied and moving regions are followed over time.</summary>
/// <param name="reason">Why this method, for people.</param>
internal sealed class GeometricPriorMethod(string reason) : IPriorMethod
{
    /// <summary>Share of static pixels that must be triangulated for the result to be taken without a warning.</summary>
    private const double EnoughKnown = 0.3;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames) => [new PlannedTask("geometric prior")];

    public Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation) =>
        Task.Run(() => Execute(context, frames, cancellation), cancellation);

    private void Execute(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        var clip = new PriorClip(context, frames);
        if (clip.Cameras.Motion != CameraMotion.Parallax)
        {
            throw new Depth3DException($"the camera does not travel ({clip.Cameras.Motion}), so no depth can be triangulated",
                context.Options.SourcePath, $"{ModelAdvice.Command}, or --prior layout for a guess");
        }

        var progress = new MonotonicProgress(context.Progress, "geometric prior");
        var prior = new GeometricPrior(new GeometricPriorInputs(frames.Count, clip.TrainCameras, clip.Flow.Views, clip.Rgb, clip.Mask, clip.TrainMask));
        var report = prior.Run((frame, depth) => Npy.Write(context.Output(Artifacts.Prior(frame)), depth), progress.Report, cancellation);
        StageJson.Write(context.Output(Artifacts.PriorIndex), new PriorInfo("geometric",
            string.Create(CultureInfo.InvariantCulture, $"{reason}; {report.KnownShare:P0} of the static pixels triangulated"), Warnings(report)));
    }

    private static IReadOnlyList<string> Warnings(GeometricPriorReport report) => report.KnownShare >= EnoughKnown
        ? []
        : [string.Create(CultureInfo.InvariantCulture,
            $"only {report.KnownShare:P0} of the static pixels have enough parallax; the rest is filled in. A depth model helps: {ModelAdvice.Command}")];
}
