using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Effects;

/// <summary>Stage <c>effect-frames</c>: the effect's picture of every frame, PNG. Fans out by frames.</summary>
internal sealed class EffectFramesStage : IStage
{
    public StageName Name => Stages.EffectFrames;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [Stages.EffectPrepare];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => FramePlan.Make(context);

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() =>
    {
        var frames = FramePlan.FramesOf(context);
        using var renderer = EffectOptions.Renderer(context, RunScene.Open(context.Inputs));
        foreach (var frame in frames.Indices)
        {
            cancellation.ThrowIfCancellationRequested();
            ImageFile.WritePng(context.Output(Artifacts.EffectFrame(frame)), Checked(renderer.Render(frame), renderer.Size, frame));
            FramePlan.Report(context, frames, frame, "pictures");
        }
    }, cancellation);

    private static Raster<byte> Checked(Raster<byte> picture, (int Width, int Height) size, int frame) =>
        (picture.Width, picture.Height) == size && picture.Channels is 3 or 4
            ? picture
            : throw new Depth3DException($"the effect made {picture.Width}x{picture.Height}x{picture.Channels}, it said {size.Width}x{size.Height}",
                $"frame {frame}", "this is a defect of the effect: please report it", FailureKind.Defect);
}
