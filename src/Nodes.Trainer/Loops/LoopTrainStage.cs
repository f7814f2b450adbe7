using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>Stage <c>loop-train</c>: the looping loss, coarse to fine, as a chain of chunks.</summary>
internal sealed class LoopTrainStage : IStage
{
    public StageName Name => LoopStages.Train;

    public WorkerPool Pool => WorkerPool.Trainer;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Scene];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("loop")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => throw new Depth3DException("is not built yet", $"stage {Name}", kind: FailureKind.Usage);
}
