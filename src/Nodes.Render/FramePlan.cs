using System.Globalization;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render;

/// <summary>The fan-out by frames that the depth and pointcloud stages share.</summary>
internal static class FramePlan
{
    public static IReadOnlyList<PlannedTask> Make(StagePlanContext context)
    {
        var count = RenderInputs.ReadFrames(context.Inputs).Count;
        return [.. FrameRange.Chunks(count, context.Options.Frames.ChunkFrames).Select(range =>
            new PlannedTask(string.Create(CultureInfo.InvariantCulture, $"frames {range.First}-{range.End - 1}"), range))];
    }

    /// <exception cref="Depth3DException">The task was planned by another stage.</exception>
    public static FrameRange FramesOf(StageContext context) => context.Task.Frames
        ?? throw new Depth3DException($"task {context.Id} has no frames; it was planned by another version", kind: FailureKind.Storage);

    public static void Report(StageContext context, FrameRange frames, int frame, string what) =>
        context.Progress.Report(new StageProgress((frame - frames.First + 1.0) / frames.Count, what));
}
