using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>Stage <c>loop-video</c>: the films of a loop.</summary>
internal sealed class LoopVideoStage : IStage
{
    public StageName Name => LoopStages.Video;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Frames, LoopStages.Package];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("films")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => throw new Depth3DException("is not built yet", $"stage {Name}", kind: FailureKind.Usage);
}
