using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Effects;

/// <summary>Stage <c>effect-video</c>: the pictures of an effect as a film and as one sheet; with alpha also as ProRes 4444.</summary>
internal sealed class EffectVideoStage : IStage
{
    public StageName Name => Stages.EffectVideo;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [Stages.EffectFrames];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("videos")];

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var frames = RenderInputs.ReadFrames(context.Inputs);
        var first = Read(context, 0);
        await using var film = Open(Artifacts.EffectVideo, VideoCodec.H264);
        await using var alpha = first.Channels == 4 ? Open(Artifacts.EffectAlphaVideo, VideoCodec.ProRes4444Alpha) : null;
        await Task.Run(() => Write(context, frames.Count, film, alpha, cancellation), cancellation).ConfigureAwait(false);
        await film.FinishAsync().ConfigureAwait(false);
        if (alpha is not null) await alpha.FinishAsync().ConfigureAwait(false);

        VideoWriter Open(string name, VideoCodec codec) =>
            VideoWriter.Open(context.Output(name), first.Width, first.Height, frames.FramesPerSecond, codec, cancellation: cancellation);
    }

    private static void Write(StageContext context, int count, VideoWriter film, VideoWriter? alpha, CancellationToken cancellation)
    {
        var sheet = new FrameSheet(count);
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var picture = Read(context, i);
            alpha?.Write(picture);
            var rgb = Transparency.OverBlack(picture);
            film.Write(rgb);
            sheet.Add(i, rgb);
            context.Progress.Report(new StageProgress((i + 1.0) / count, "videos"));
        }

        ImageFile.WritePng(context.Output(Artifacts.EffectSheet), sheet.Picture);
    }

    private static Raster<byte> Read(StageContext context, int frame) =>
        ImageFile.ReadColour(context.Inputs.PathOf(Stages.EffectFrames, Artifacts.EffectFrame(frame)));
}
