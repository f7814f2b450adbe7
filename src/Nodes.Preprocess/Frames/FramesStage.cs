using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Frames;

/// <summary>
/// Stage <c>frames</c>: a video file or a folder of images becomes numbered PNG frames at working size, <see cref="FramesInfo"/> and
/// <see cref="PreflightReport"/>. Frames are upright and in presentation order; nothing is resampled in time.
/// </summary>
internal sealed class FramesStage : IStage
{
    public StageName Name => Stages.Frames;

    public WorkerPool Pool => WorkerPool.PreprocessCpu;

    public IReadOnlyList<StageName> After { get; } = [];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("read the clip")];

    /// <exception cref="Depth3DException">
    /// The source is missing, unreadable, truncated, too large or too small, has fewer than two frames, holds a hard cut, or shows nothing.
    /// </exception>
    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) =>
        Task.Run(() => new FrameExtraction(context, cancellation).Run(), cancellation);
}
