using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.Layouts;

namespace Depth3D.Nodes.Render;

/// <summary>Stage <c>encode</c>: the videos of a clip at its frame rate: source, depth, source beside prior and optimised depth, point cloud.</summary>
internal sealed class EncodeStage : IStage
{
    private static readonly string[] PanelTitles = ["source", "prior depth", "optimised depth"];

    public StageName Name => Stages.Encode;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [Stages.Frames, Stages.Depth, Stages.PointCloud];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("videos")];

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        var frames = RenderInputs.ReadFrames(context.Inputs);
        var panels = new Panels(frames.Width, frames.Height, PanelTitles);
        await using var source = Open(Artifacts.SourceVideo, frames.Width, frames.Height);
        await using var depth = Open(Artifacts.DepthVideo, frames.Width, frames.Height);
        await using var sideBySide = Open(Artifacts.SideBySideVideo, panels.Width, panels.Height);
        await using var cloud = Open(Artifacts.PointCloudVideo, frames.Width, frames.Height);
        await Task.Run(() =>
        {
            for (var i = 0; i < frames.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var rgb = Read(context, frames, Stages.Frames, Artifacts.Frame(i));
                var optimised = Read(context, frames, Stages.Depth, Artifacts.DepthColour(i));
                var prior = Read(context, frames, Stages.Depth, Artifacts.PriorColour(i));
                source.Write(rgb);
                depth.Write(optimised);
                sideBySide.Write(panels.Compose(rgb, prior, optimised));
                cloud.Write(Read(context, frames, Stages.PointCloud, Artifacts.View(i)));
                context.Progress.Report(new StageProgress((i + 1.0) / frames.Count, "videos"));
            }
        }, cancellation).ConfigureAwait(false);
        foreach (var video in new[] { source, depth, sideBySide, cloud }) await video.FinishAsync().ConfigureAwait(false);

        VideoWriter Open(string name, int width, int height) =>
            VideoWriter.Open(context.Output(name), width, height, frames.FramesPerSecond, cancellation: cancellation);
    }

    private static Raster<byte> Read(StageContext context, FramesInfo frames, StageName stage, string name)
    {
        var path = context.Inputs.PathOf(stage, name);
        return RenderInputs.Sized(ImageFile.ReadRgb(path), frames, path);
    }
}
