using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>Stage <c>loop-frames</c>: frames of the film. Fans out by frames.</summary>
internal sealed class LoopFramesStage : IStage
{
    public StageName Name => LoopStages.Frames;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Train];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("frames")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => throw new Depth3DException("is not built yet", $"stage {Name}", kind: FailureKind.Usage);
}
