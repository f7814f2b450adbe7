using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>Stage <c>loop-scene</c>: the still scene, and which of its tiles are kept.</summary>
internal sealed class LoopSceneStage : IStage
{
    public StageName Name => LoopStages.Scene;

    public WorkerPool Pool => WorkerPool.Trainer;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Cameras];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("scene")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => context.Options.Loop!.Input == LoopInputs.Views
        ? throw new Depth3DException("is not built yet", $"stage {Name}", kind: FailureKind.Usage)
        : Task.Run(() => new SingleLoopScene(context).Run(cancellation), cancellation);
}
