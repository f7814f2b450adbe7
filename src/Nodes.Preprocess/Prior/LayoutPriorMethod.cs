using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Priors;

namespace Depth3D.Nodes.Preprocess.Prior;

/// <summary><c>layout</c>: ground, far wall and upright moving regions, guessed. One task per clip: moving regions are followed over time.</summary>
/// <param name="reason">Why this method, for people.</param>
internal sealed class LayoutPriorMethod(string reason) : IPriorMethod
{
    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context, FramesInfo frames) => [new PlannedTask("layout prior")];

    public Task ExecuteAsync(StageContext context, FramesInfo frames, CancellationToken cancellation) =>
        Task.Run(() => Execute(context, frames, cancellation), cancellation);

    private void Execute(StageContext context, FramesInfo frames, CancellationToken cancellation)
    {
        var clip = new PriorClip(context, frames);
        var layout = new LayoutPrior(clip.Cameras);
        var layer = new MovingLayer();
        for (var i = 0; i < frames.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            layer.Add(i, clip.Mask(i), i == 0 ? null : clip.Flow.Forward(i - 1, 1), (region, _) => layout.Stand(region));
            context.Progress.Report(new StageProgress(0.3 * (i + 1) / frames.Count, "layout prior"));
        }

        for (var i = 0; i < frames.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var depth = layout.Background(i);
            layer.Paint(i, clip.Mask(i), depth);
            Npy.Write(context.Output(Artifacts.Prior(i)), depth);
            context.Progress.Report(new StageProgress(0.3 + (0.7 * (i + 1) / frames.Count), "layout prior"));
        }

        StageJson.Write(context.Output(Artifacts.PriorIndex), new PriorInfo("layout", reason, [Warning(clip.Cameras.Motion)]));
    }

    private static string Warning(CameraMotion motion)
    {
        var why = motion switch
        {
            CameraMotion.Static => "The camera stands still",
            CameraMotion.RotationOnly => "The camera only turns",
            _ => "Depth was not triangulated",
        };
        return $"{why}, so the clip holds no measurable depth: the prior is a guess (level ground, far wall, moving things upright on the ground), "
            + $"and its shape and scale are not measured. For depth of this scene add a model: {ModelAdvice.Command}";
    }
}
