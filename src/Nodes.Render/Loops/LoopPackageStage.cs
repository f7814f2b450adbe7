using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Render.Loops;

/// <summary>Stage <c>loop-package</c>: the package that viewers open, and what the loop is worth.</summary>
internal sealed class LoopPackageStage : IStage
{
    public StageName Name => LoopStages.Package;

    public WorkerPool Pool => WorkerPool.Render;

    public IReadOnlyList<StageName> After { get; } = [LoopStages.Train];

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("package")];

    public Task ExecuteAsync(StageContext context, CancellationToken cancellation) => throw new Depth3DException("is not built yet", $"stage {Name}", kind: FailureKind.Usage);
}
