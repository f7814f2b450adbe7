using System.Globalization;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Rendering.Loops;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>
/// Stage <c>loop-frames</c>: the loop from the reference camera, and the film along the camera path, which is as long as the repeats. Fans out by frames of
/// the film; who draws a frame of the first repeat also draws the loop's.
/// </summary>
internal sealed class LoopFramesStage : IStage
{
    public StageName Name => LoopStages.Frames;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Train];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        var scene = StageJson.Read<LoopSceneInfo>(context.Inputs.PathOf(LoopStages.Scene, LoopArtifacts.SceneIndex));
        return [.. FrameRange.Chunks(scene.Frames * context.Options.Loop!.Repeats, context.Options.Frames.ChunkFrames).Select(range =>
            new PlannedTask(string.Create(CultureInfo.InvariantCulture, $"frames {range.First}-{range.End - 1}"), range))];
    }

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => Task.Run(() =>
    {
        var frames = FramePlan.FramesOf(context);
        var video = LoopFile.Open(context.Inputs);
        var path = LoopFile.Path(context.Options, video);
        var renderer = new LoopRenderer(video);
        foreach (var frame in frames.Indices)
        {
            cancellation.ThrowIfCancellationRequested();
            if (frame < video.Frames) ImageFile.WritePng(context.Output(LoopArtifacts.LoopFrame(frame)), renderer.RenderReference(frame).ToRgb());
            var along = renderer.Render(video.Geometry.Reference, path.CamFromReference(frame), frame);
            ImageFile.WritePng(context.Output(LoopArtifacts.PathFrame(frame)), along.ToRgb());
            FramePlan.Report(context, frames, frame, "frames of the loop");
        }
    }, cancellation);
}
